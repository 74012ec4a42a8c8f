/**
 * Which cards stand beside each block of the text, and how large, so that they stay level with it however many claims
 * there are. Decided from lengths and counts alone, from the start of the article on, so that nothing depends on what happens
 * to be on the screen and no card jumps while one scrolls. And where they come to stand, once their heights are known.
 */

/** CSS pixels. Heights are those of a card with two lines of statement and of one that is a single line. */
export const cardHeight = 96;
export const lineHeight = 36;
export const cardGap = 8;
/** So far cards may hang below their block before they are made smaller. */
const overhang = 150;
/** Pixels of a line of text, and of the space after a block. */
const textLine = 31;
const blockSpace = 20;

export type PlannedBlock = {
  /** Full cards, or cards of a single line. */
  size: "full" | "line";
  /** So many are shown, maybe none; the rest is behind one button. */
  shown: number;
};

/**
 * @param blocks length in characters and number of claims of each block, in order
 * @param charactersPerLine of the text column as it is now
 */
export function planCards(
  blocks: readonly { characters: number; claims: number }[],
  charactersPerLine: number,
): PlannedBlock[] {
  let hanging = 0;
  return blocks.map(({ characters, claims }) => {
    const room = Math.max(1, Math.ceil(characters / charactersPerLine)) * textLine + blockSpace;
    const full = claims * (cardHeight + cardGap);
    const lines = claims * (lineHeight + cardGap);
    const most = room + overhang - hanging;
    const hangs = (height: number) => Math.max(0, hanging + height - room);
    if (full <= most) {
      hanging = hangs(full);
      return { size: "full", shown: claims };
    }
    if (lines <= most) {
      hanging = hangs(lines);
      return { size: "line", shown: claims };
    }
    // One place is the button's. The shortest block has room for it, so that what hangs over never grows.
    const shown = Math.max(0, Math.min(claims, Math.floor(most / (lineHeight + cardGap)) - 1));
    hanging = hangs((shown + 1) * (lineHeight + cardGap));
    return { size: "line", shown };
  });
}

/** A card that is to be placed: `at` is where its words stand, both in pixels from the top of the column. */
export type CardBox = { at: number; height: number };

/**
 * The tops of the cards, in order: each at its words or below the card before it. The active one stands exactly at its words;
 * those before it make room upwards as far as there is room.
 */
export function placeCards(boxes: readonly CardBox[], active: number): number[] {
  const tops: number[] = [];
  let free = 0;
  for (const { at, height } of boxes) {
    const top = Math.max(at, free);
    tops.push(top);
    free = top + height + cardGap;
  }
  const box = boxes[active];
  if (!box) return tops;
  // The cards before it need this much, at least; it gives way downwards only when they would leave the column.
  const before = boxes.slice(0, active).reduce((sum, { height }) => sum + height + cardGap, 0);
  let ceiling = Math.max(box.at, before);
  tops[active] = ceiling;
  for (let index = active - 1; index >= 0; index -= 1) {
    const { height } = boxes[index] as CardBox;
    ceiling = Math.min(tops[index] as number, ceiling - cardGap - height);
    tops[index] = ceiling;
  }
  let floor = (tops[active] as number) + box.height + cardGap;
  for (let index = active + 1; index < boxes.length; index += 1) {
    const { at, height } = boxes[index] as CardBox;
    const top = Math.max(at, floor);
    tops[index] = top;
    floor = top + height + cardGap;
  }
  return tops;
}
