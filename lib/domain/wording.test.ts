import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TextRange } from "./anchor";
import {
  compatible,
  editsOf,
  isDone,
  judgeChosen,
  judgeReplacements,
  type Replacement,
  withReplacements,
} from "./wording";

const text = [
  "The minister said on Monday that 45 people were guilty of fraud. He denied all of it in court.",
  "The council voted for the new harbour in March. It costs a third less than the old plan, the mayor said.",
  "The river rose by 3.5 metres in one night, officials said. Nobody was hurt, the mayor told reporters.",
].join("\n\n");

const of = (words: string, wording: string): Replacement => {
  const start = text.indexOf(words);
  if (start < 0) throw new Error(`Not in the text: ${words}`);
  return { start, end: start + words.length, wording };
};
const outcomes = (replacements: Replacement[], newText: string) =>
  judgeReplacements(text, replacements, newText).map(({ outcome }) => outcome);

describe("what a new text made of the wording that was asked for", () => {
  const asked = [
    of("45 people were guilty of fraud", "45 people were charged with fraud"),
    of("It costs a third less than the old plan", "It is to cost a quarter less than the plan of 2019"),
    of("3.5 metres", "3.2 metres"),
  ];

  test("applied, partly, ignored", () => {
    const [first, second, third] = asked as [Replacement, Replacement, Replacement];
    const partly = { ...second, wording: "It costs a quarter less than the old plan" };
    const now = withReplacements(text, [first, partly]).text;
    expect(outcomes([first, second, third], now)).toEqual(["applied", "partly", "ignored"]);
  });

  test("where they stand, whatever else was changed", () => {
    const now = `A new first paragraph.\n\n${withReplacements(text, asked).text.replace("in court", "in writing")}`;
    const judged = judgeReplacements(text, asked, now);
    expect(judged.map(({ outcome }) => outcome)).toEqual(["applied", "applied", "applied"]);
    expect(judged.map(({ place }) => place && now.slice(place.start, place.end))).toEqual(
      asked.map(({ wording }) => wording),
    );
  });

  test("a passage that was moved with the new words in it", () => {
    const [first = "", second = "", third = ""] = withReplacements(text, asked).text.split("\n\n");
    expect(outcomes(asked, [third, second, first].join("\n\n"))).toEqual(["applied", "applied", "applied"]);
  });

  test("a sentence that is another one altogether", () => {
    const rewritten = of("He denied all of it in court.", "No court has heard the case, and she has not been asked.");
    expect(outcomes([rewritten], withReplacements(text, [rewritten]).text)).toEqual(["applied"]);
    expect(outcomes([rewritten], text)).toEqual(["ignored"]);
  });

  test("gone with its passage", () => {
    const now = text.split("\n\n").slice(1).join("\n\n");
    expect(outcomes(asked, now)).toEqual(["gone", "ignored", "ignored"]);
  });

  test("words that are to be cut", () => {
    const cut = of(" He denied all of it in court.", "");
    expect(outcomes([cut], withReplacements(text, [cut]).text)).toEqual(["applied"]);
    expect(outcomes([cut], text)).toEqual(["ignored"]);
    expect(outcomes([cut], text.replace("denied all of it", "denied it"))).toEqual(["partly"]);
  });

  test("what only a typographer would change is no change of what was asked for", () => {
    const quoted = of("a third less", "“a third” – or so – less");
    expect(outcomes([quoted], text.replace("a third less", '"a third" - or so - less'))).toEqual(["applied"]);
  });

  test("a suggestion that is about nothing but typography is one all the same", () => {
    const dash = of("a third less", "a\u00a0third less");
    expect(outcomes([dash], text)).toEqual(["ignored"]);
    expect(outcomes([dash], withReplacements(text, [dash]).text)).toEqual(["applied"]);
  });

  test.each([
    ["guilty of fraud", "not guilty of fraud"],
    ["were guilty of fraud", "were guilty"],
    ["guilty of fraud", "guilty of fraud,"],
    ["court.", "court"],
    ["Nobody was hurt", "Nobody was hurt, nobody was killed"],
    ["said", "said said"],
  ])("one that is in the other: “%s” → “%s”", (words, wording) => {
    const one = of(words, wording);
    expect(outcomes([one], withReplacements(text, [one]).text)).toEqual(["applied"]);
    expect(outcomes([one], text)).toEqual(["ignored"]);
  });

  test("of two that overlap both are told of", () => {
    const long = of("45 people were guilty of fraud", "46 people were charged with fraud");
    const short = of("guilty of fraud", "charged with fraud");
    expect(compatible([short, long])).toEqual([long]);
    expect(outcomes([short, long], withReplacements(text, [long]).text)).toEqual(["applied", "applied"]);
    expect(outcomes([short, long], withReplacements(text, [short]).text)).toEqual(["applied", "partly"]);
    expect(outcomes([short, long], text)).toEqual(["ignored", "ignored"]);
  });

  test("seen also where one that was not done would have joined two paragraphs", () => {
    const words = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `w${from + at}`).join(" ");
    const old = `${words(0, 5)}.\n\n${words(5, 18)}.\n\n${words(18, 30)}`;
    const asked = (part: string, wording: string) => ({
      ...{ start: old.indexOf(part), end: old.indexOf(part) + part.length, wording },
    });
    const all = [
      asked("w4.\n\nw5", "bridge-0"),
      asked("w7 w8 w9 w10 w11", "bridge-1"),
      asked("w13 w14 w15 w16 w17", "bridge-2"),
    ];
    const now = `Somebody wrote a lead.\n\n${withReplacements(old, all.slice(2)).text}`;
    const judged = judgeReplacements(old, all, now).map(({ outcome }) => outcome);
    expect(judged).toEqual(["ignored", "ignored", "applied"]);
  });

  test("what a person says of where it stands", () => {
    expect(judgeChosen("a", "b", "b")).toBe("applied");
    expect(judgeChosen("a", "b", "a")).toBe("ignored");
    expect(judgeChosen("a", "b", "c")).toBe("partly");
    expect(judgeChosen("a", "b", null)).toBe("gone");
    expect(judgeChosen("a", "", null)).toBe("applied");
  });

  test("done once it was applied, whatever came before", () => {
    expect(isDone({ outcomes: [] })).toBe(false);
    expect(isDone({ outcomes: [{ outcome: "ignored" }, { outcome: "partly" }] })).toBe(false);
    expect(isDone({ outcomes: [{ outcome: "applied" }, { outcome: "ignored" }] })).toBe(true);
  });
});

/** Texts of words that come again and again, in paragraphs, with words of it asked to be others. */
const cases = (every: number) =>
  fc
    .record({
      words: fc.array(
        fc.constantFrom(..."the a council mayor river harbour voted said rose in of by March 45 not".split(" ")),
        {
          minLength: 30,
          maxLength: 150,
        },
      ),
      cuts: fc.uniqueArray(fc.nat(149), { maxLength: 12 }),
      wordings: fc.array(
        fc.array(fc.constantFrom("bridge", "tax", "minister", "denied", "the", "46", "said"), {
          minLength: 1,
          maxLength: 6,
        }),
      ),
      blocks: fc.array(fc.nat(149), { maxLength: 4 }),
    })
    .map(({ words, cuts, wordings, blocks }) => {
      // Each so often a word is no other, as names and figures are.
      const parts = words.map((word, index) => (index % every === 0 ? `${word}${index}` : word));
      const edges = [...new Set(cuts.map((cut) => cut % parts.length))].sort((a, b) => a - b);
      const offsets: number[] = [];
      let text = "";
      for (const [index, word] of parts.entries()) {
        offsets.push(text.length);
        text += word + (blocks.includes(index) ? ".\n\n" : " ");
      }
      const replacements = edges.flatMap((edge, index): Replacement[] => {
        const next = edges[index + 1] ?? parts.length;
        const last = Math.min(edge + 4, next - 2);
        const wording = wordings[index % Math.max(1, wordings.length)]
          ?.map((word) => (every === 1 ? `${word}-${index}` : word))
          .join(" ");
        if (last < edge || wording === undefined) return [];
        const range = {
          start: offsets[edge] as number,
          end: (offsets[last] as number) + (parts[last] as string).length,
        };
        return text.slice(range.start, range.end) === wording ? [] : [{ ...range, wording }];
      });
      return { text, replacements };
    });

/** Where the words themselves still stand beside what took their place, nobody could tell what was done. */
const isTellable = (now: string, words: string, { start, end }: TextRange): boolean =>
  !now.slice(Math.max(0, start - words.length - 1), end + words.length + 1).includes(words);

for (const lead of ["", "Somebody wrote a lead.\n\n"]) {
  const after = lead ? " below a new lead" : "";

  test(`exactly what was asked for is applied, one and all${after}`, () => {
    fc.assert(
      fc.property(cases(5), ({ text, replacements }) => {
        const now = withReplacements(text, replacements);
        const places = now.ranges.map(({ start, end }) => ({ start: start + lead.length, end: end + lead.length }));
        const judged = judgeReplacements(text, replacements, lead + now.text);
        replacements.forEach((one, index) => {
          if (lead && !isTellable(now.text, text.slice(one.start, one.end), now.ranges[index] as TextRange)) return;
          expect(judged[index]).toEqual({ outcome: "applied", place: places[index] });
        });
      }),
      { numRuns: 400 },
    );
  });

  test(`a text in which nothing was done has ignored them, one and all${after}`, () => {
    fc.assert(
      fc.property(cases(5), ({ text, replacements }) => {
        const judged = judgeReplacements(text, replacements, lead + text);
        expect(judged.map(({ outcome }) => outcome)).toEqual(replacements.map(() => "ignored"));
      }),
      { numRuns: 400 },
    );
  });
}

test("what was done is told from what was not, word by word of a text whose words are all others", () => {
  fc.assert(
    fc.property(cases(1), fc.infiniteStream(fc.boolean()), ({ text, replacements }, choices) => {
      const done = replacements.map(() => choices.next().value === true);
      const now = withReplacements(
        text,
        replacements.filter((_, index) => done[index]),
      ).text;
      const judged = judgeReplacements(text, replacements, `Somebody wrote a lead.\n\n${now}`);
      expect(judged.map(({ outcome }) => outcome)).toEqual(done.map((isDone) => (isDone ? "applied" : "ignored")));
    }),
    { numRuns: 400 },
  );
});

describe("the steps from what stands there to what is asked for", () => {
  test("are as small as whole words allow", () => {
    const words = "45 people were guilty of fraud";
    expect(editsOf(words, "46 people were charged with fraud")).toEqual([
      { start: 0, end: 2, text: "46" },
      { start: 15, end: 24, text: "charged with" },
    ]);
    expect(editsOf("rose by 3.5 metres", "rose by 3.2 metres")).toEqual([{ start: 8, end: 11, text: "3.2" }]);
    expect(editsOf("of 1,234,567 people", "of 1,235,568 people")).toEqual([{ start: 3, end: 12, text: "1,235,568" }]);
    expect(editsOf("in 2019, she", "in 2020, she")).toEqual([{ start: 3, end: 7, text: "2020" }]);
    expect(editsOf(words, words)).toEqual([]);
    expect(editsOf(words, "")).toEqual([{ start: 0, end: words.length, text: "" }]);
    expect(editsOf("a b", "a\n\nb")).toEqual([{ start: 1, end: 2, text: "\n\n" }]);
  });

  test("carried out together they make it, whatever it is", () => {
    const some = fc.string({
      unit: fc.constantFrom("a", "b", "the ", " ", "\n\n", "\n", ",", "“", '"', "é", "e\u0301", "-", "3", ".5"),
    });
    fc.assert(
      fc.property(some, some, (words, wording) => {
        const edits = editsOf(words, wording);
        const made = withReplacements(
          words,
          edits.map(({ text, ...range }) => ({ ...range, wording: text })),
        );
        expect(made.text).toBe(wording);
        for (const [index, edit] of edits.entries())
          expect(edit.start).toBeGreaterThanOrEqual(edits[index - 1]?.end ?? 0);
      }),
      { numRuns: 1_000 },
    );
  });
});
