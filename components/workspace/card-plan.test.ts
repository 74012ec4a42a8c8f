import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CardBox, cardGap, cardHeight, lineHeight, placeCards, planCards } from "./card-plan";

const blocks = fc.array(fc.record({ characters: fc.nat(2000), claims: fc.nat(60) }), { maxLength: 40 });

describe("planCards", () => {
  it("gives an ordinary article full cards", () => {
    const article = [3, 2, 1, 0, 2].map((claims) => ({ characters: 420, claims }));
    expect(planCards(article, 68).map(({ size }) => size)).toEqual(["full", "full", "full", "full", "full"]);
  });

  it("makes cards smaller where claims are dense, and puts what has no room behind one button", () => {
    const [dense] = planCards([{ characters: 300, claims: 6 }], 68);
    expect(dense).toEqual({ size: "line", shown: 6 });
    const [pile] = planCards([{ characters: 300, claims: 50 }], 68);
    expect(pile?.size).toBe("line");
    expect(pile?.shown).toBeGreaterThanOrEqual(1);
    expect(pile?.shown).toBeLessThan(50);
  });

  it("never lets cards fall far behind their text, whatever the article", () => {
    fc.assert(
      fc.property(blocks, (article) => {
        let text = 0;
        let cards = 0;
        planCards(article, 68).forEach(({ size, shown }, index) => {
          const { characters, claims } = article[index] as (typeof article)[number];
          const one = (size === "full" ? cardHeight : lineHeight) + cardGap;
          const start = Math.max(cards, text);
          expect(start - text).toBeLessThanOrEqual(150);
          expect(shown).toBeLessThanOrEqual(claims);
          cards = start + shown * one + (shown < claims ? lineHeight + cardGap : 0);
          text += Math.max(1, Math.ceil(characters / 68)) * 31 + 20;
        });
      }),
    );
  });
});

const boxes = fc
  .array(fc.record({ at: fc.nat(5000), height: fc.integer({ min: 20, max: 700 }) }), { minLength: 1, maxLength: 30 })
  .map((list) => list.sort((a, b) => a.at - b.at));

describe("placeCards", () => {
  it("stands level with the words where nothing is in the way", () => {
    expect(
      placeCards(
        [
          { at: 10, height: 90 },
          { at: 300, height: 90 },
        ],
        -1,
      ),
    ).toEqual([10, 300]);
  });

  it("stacks what would collide", () => {
    expect(
      placeCards(
        [
          { at: 10, height: 90 },
          { at: 20, height: 90 },
          { at: 400, height: 50 },
        ],
        -1,
      ),
    ).toEqual([10, 108, 400]);
  });

  it("gives the active card its place, and moves the others out of it", () => {
    expect(
      placeCards(
        [
          { at: 200, height: 90 },
          { at: 220, height: 500 },
          { at: 240, height: 90 },
        ],
        1,
      ),
    ).toEqual([122, 220, 728]);
  });

  it("lets the active card give way only where the cards before it would leave the column", () => {
    expect(
      placeCards(
        [
          { at: 0, height: 90 },
          { at: 10, height: 90 },
          { at: 20, height: 90 },
        ],
        2,
      ),
    ).toEqual([0, 98, 196]);
  });

  it("never lets two cards overlap, keeps their order and the column, and the active one level where it can", () => {
    const withActive = boxes.chain((list) =>
      fc.tuple(fc.constant(list), fc.integer({ min: -1, max: list.length - 1 })),
    );
    fc.assert(
      fc.property(withActive, ([list, active]) => {
        const tops = placeCards(list, active);
        expect(tops).toHaveLength(list.length);
        expect(Math.min(...tops)).toBeGreaterThanOrEqual(0);
        for (let index = 1; index < list.length; index += 1) {
          const before = list[index - 1] as CardBox;
          expect(tops[index]).toBeGreaterThanOrEqual((tops[index - 1] as number) + before.height + cardGap);
        }
        if (active < 0) return;
        const needed = list.slice(0, active).reduce((sum, { height }) => sum + height + cardGap, 0);
        expect(tops[active]).toBe(Math.max((list[active] as CardBox).at, needed));
      }),
    );
  });
});
