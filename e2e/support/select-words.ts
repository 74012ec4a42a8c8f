/** Words of the workspace's text, found on the screen and selected as a person would. */
import { expect, type Page } from "@playwright/test";

const text = (page: Page) => page.getByRole("textbox", { name: /^The article/ });
const bar = (page: Page) => page.getByRole("toolbar", { name: "The selected words" });

/** Where words stand on the screen: the middle of the first line's left edge and of the last line's right edge. */
export async function placeOf(page: Page, words: string) {
  return text(page).evaluate((root, quote) => {
    const range = document.createRange();
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes: Text[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) nodes.push(node as Text);
    const all = nodes.map((node) => node.data).join("");
    const start = all.indexOf(quote);
    if (start === -1) throw new Error(`Not in the text: ${quote}`);
    const locate = (offset: number, isEnd: boolean): [Text, number] => {
      let rest = offset;
      for (const node of nodes) {
        if (rest < node.length || (isEnd && rest === node.length)) return [node, rest];
        rest -= node.length;
      }
      throw new Error("Past the end");
    };
    range.setStart(...locate(start, false));
    range.setEnd(...locate(start + quote.length, true));
    range.startContainer.parentElement?.scrollIntoView({ block: "center" });
    const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
    const [first, last] = [boxes[0], boxes.at(-1)];
    if (!first || !last) throw new Error("Not on the screen");
    return {
      from: { x: first.left + 0.5, y: first.top + first.height / 2 },
      to: { x: last.right - 0.5, y: last.top + last.height / 2 },
      middle: { x: (first.left + first.right) / 2, y: first.top + first.height / 2 },
    };
  }, words);
}

/** Drags the mouse over words, as a person would. */
export async function select(page: Page, words: string): Promise<void> {
  const { from, to } = await placeOf(page, words);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 3 });
  await page.mouse.up();
  await expect(bar(page)).toBeVisible();
}
