import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TextRange } from "./anchor";
import { carryMarks } from "./carry-marks";
import { accountsOf, type ClaimPlace, coverageOf, ledgerSentences, percentOf, sentencesAt, withMarks } from "./ledger";

const text = "The vote came late. Nobody left! What now?\n\n* * *\n\nA list follows\n\nfour ships;\n\nBy our staff";
const sentences = ledgerSentences(text, "en");
const wordsOf = ({ start, end }: TextRange) => text.slice(start, end);
const rangeOf = (words: string): TextRange => {
  const start = text.indexOf(words);
  return { start, end: start + words.length };
};
const claim = (id: string, words: string): ClaimPlace => ({ id, ...rangeOf(words) });
const mark = (kind: string, words: string) => ({ kind, ...rangeOf(words) });
const told = (claims: ClaimPlace[], marks: (TextRange & { kind: string })[]) =>
  accountsOf(sentences, claims, marks).map((account) =>
    account === null ? null : account.by === "claim" ? account.claimId : account.mark.kind,
  );

test("headings, items and credits are sentences; a row of stars says nothing", () => {
  expect(sentences.map(wordsOf)).toEqual([
    ...["The vote came late.", "Nobody left!", "What now?"],
    ...["A list follows", "four ships;", "By our staff"],
  ]);
});

describe("a sentence is accounted for", () => {
  test("by a claim on any part of it, and of several by the one that begins in it", () => {
    expect(told([claim("a", "vote")], [])).toEqual(["a", null, null, null, null, null]);
    const long = claim("long", "late. Nobody left! What");
    expect(told([long, claim("b", "left")], [])).toEqual(["long", "b", "long", null, null, null]);
    expect(told([claim("blank", " ")], []).filter(Boolean)).toEqual(["blank"]);
  });

  test("by a mark that covers it whole, and never by one that covers a part", () => {
    expect(told([], [mark("opinion", "Nobody left!")])).toEqual([null, "opinion", null, null, null, null]);
    expect(told([], [mark("opinion", "Nobody left! What")])).toEqual([null, "opinion", null, null, null, null]);
    expect(told([], [mark("opinion", "Nobody")])).toEqual([null, null, null, null, null, null]);
  });

  test("by a claim rather than by a mark, and by the mark again without the claim", () => {
    const marks = [mark("no_fact", "What now?")];
    expect(told([claim("a", "now")], marks)[2]).toBe("a");
    expect(told([], marks)[2]).toBe("no_fact");
  });

  test("and told as a share that is 100 only with the last one", () => {
    expect(coverageOf(sentences, [claim("a", "vote")], [mark("opinion", "Nobody left!")])).toEqual({
      ...{ sentences: 6, accounted: 2 },
    });
    expect(percentOf({ sentences: 1_000, accounted: 999 })).toBe(99);
    expect(percentOf({ sentences: 0, accounted: 0 })).toBe(100);
  });
});

const anyRanges = fc.array(
  fc.tuple(fc.nat(text.length - 1), fc.integer({ min: 1, max: 30 })).map(([start, length]) => ({
    ...{ start, end: Math.min(text.length, start + length) },
  })),
);

test("one sweep says the same as looking at each pair", () => {
  fc.assert(
    fc.property(anyRanges, anyRanges, (places, marks) => {
      const claims = places.map((place, index) => ({ ...place, id: String(index) }));
      accountsOf(sentences, claims, marks).forEach((account, index) => {
        const sentence = sentences[index] as TextRange;
        const on = claims.filter(({ start, end }) => start < sentence.end && end > sentence.start).map(({ id }) => id);
        const over = marks.filter(({ start, end }) => start <= sentence.start && end >= sentence.end);
        if (on.length > 0) expect(on).toContain(account?.by === "claim" && account.claimId);
        else if (over.length > 0) expect(over).toContain(account?.by === "mark" && account.mark);
        else expect(account).toBeNull();
      });
    }),
  );
});

describe("the sentences of a selection", () => {
  const at = (start: number, end = start) => {
    const { from, to } = sentencesAt(sentences, { start, end });
    return sentences.slice(from, to).map(wordsOf);
  };
  test("are all that it touches", () => {
    const { start } = rangeOf("late");
    expect(at(start, start + 8)).toEqual(["The vote came late.", "Nobody left!"]);
    expect(at(0, text.length)).toHaveLength(6);
    expect(at(19, 20)).toEqual([]);
  });
  test("for a caret the one around it, the one that ends there, or the one that comes next", () => {
    expect(at(3)).toEqual(["The vote came late."]);
    expect(at(19)).toEqual(["The vote came late."]);
    expect(at(20)).toEqual(["Nobody left!"]);
    expect(at(text.indexOf("* *"))).toEqual(["A list follows"]);
    expect(at(text.length)).toEqual(["By our staff"]);
    expect(sentencesAt([], { start: 0, end: 0 })).toEqual({ from: 0, to: 0 });
  });
});

describe("marking", () => {
  const kinds = fc.constantFrom("opinion", "transition", null);
  test("gives each sentence its mark and leaves the others theirs", () => {
    const steps = fc.array(fc.array(fc.tuple(fc.nat(sentences.length - 1), kinds), { minLength: 1, maxLength: 4 }));
    fc.assert(
      fc.property(steps, (all) => {
        let marks: (TextRange & { kind: string })[] = [];
        const expected: (string | null)[] = sentences.map(() => null);
        for (const step of all.map((pairs) => new Map(pairs))) {
          marks = withMarks(
            text,
            marks,
            [...step].map(([index, kind]) => {
              const range = sentences[index] as TextRange;
              return { range, mark: kind && { ...range, kind } };
            }),
          );
          for (const [index, kind] of step) expected[index] = kind;
          expect(told([], marks)).toEqual(expected);
          expect(marks.every(({ start }, index) => start >= (marks[index - 1]?.end ?? 0))).toBe(true);
        }
      }),
    );
  });

  test("a part of what was one sentence leaves the rest marked as it was", () => {
    const marks = withMarks(
      text,
      [mark("opinion", "The vote came late. Nobody left! What now?")],
      [{ range: rangeOf("Nobody left!"), mark: mark("transition", "Nobody left!") }],
    );
    expect(marks.map((one) => [one.kind, wordsOf(one)])).toEqual([
      ["opinion", "The vote came late."],
      ["transition", "Nobody left!"],
      ["opinion", "What now?"],
    ]);
  });
});

describe("in another text", () => {
  test("marks stand on the same words, wherever those are now, and on no others", () => {
    const oldText = "The vote came late. Nobody left! What now?\n\nFour ships lie in the old harbour since the spring.";
    const newText =
      "Four ships lie in the old harbour since the spring.\n\nThe vote came late. Somebody left! What now?";
    const marks = ledgerSentences(oldText, "en");
    expect(carryMarks(oldText, marks, newText).map(({ start, end }) => newText.slice(start, end))).toEqual([
      ...["Four ships lie in the old harbour since the spring.", "The vote came late.", "What now?"],
    ]);
  });

  test("every mark of a text covers its sentence again in the same text", () => {
    const quoted =
      "He said “no.” She (his aide) left… “Why?” asked the mayor.\n\nÀ Paris, « rien ne va plus ».[3] 你好。再见！\n\n– end –";
    const marks = ledgerSentences(quoted, "en");
    expect(carryMarks(quoted, marks, `First.\n\n${quoted}\n\nLast.`)).toEqual(
      marks.map(({ start, end }) => ({ start: start + 8, end: end + 8 })),
    );
  });
});

test("5,000 claims on a million characters", () => {
  const line = "Paragraph tells of case 12 and of what came of it in the end. Nobody knew why. The rest is known.\n\n";
  const long = line.repeat(Math.floor(1_000_000 / line.length));
  const all = ledgerSentences(long, "en");
  const claims = Array.from({ length: 5_000 }, (_, index) => ({
    id: String(index),
    start: index * 190,
    end: index * 190 + 5_000,
  }));
  const { sentences: count, accounted } = coverageOf(all, claims, all);
  expect(accounted).toBe(count);
});
