import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeAnchor } from "./anchor";
import { isSameWords } from "./carry-over";
import { findQuotes, type Quote } from "./find-quotes";

const article = [
  "The ministry said on Tuesday that the cost of the bridge fell by half, from 40 to 20 million euros.",
  "“We’re glad,” the minister said. “The bridge — the longest in the country — opens in May.”",
  "Critics say that the figures leave out the approach roads. The auditors found the minister not guilty of misleading parliament.",
  "A spokesman declined to comment. The harbour, which was dredged in 2019, will stay open while the work goes on.",
].join("\n\n");

const find = (text: string, quote: Quote) => findQuotes(text, [quote])[0];
/** The quote that an annotation of these words would hold. */
function quoteIn(text: string, words: string, from = 0): Required<Quote> {
  const start = text.indexOf(words, from);
  return describeAnchor(text, { start, end: start + words.length });
}
/** What was found, and the words that stand there. */
function found(text: string, quote: Quote) {
  const result = find(text, quote);
  return [result?.state, result && "range" in result ? text.slice(result.range.start, result.range.end) : null];
}
const without = ({ start: _, ...quote }: Quote) => quote;
/** A text of `length` characters in which no passage stands twice. */
const numbers = (length: number) =>
  Array.from({ length: Math.ceil(length / 9) }, (_, index) => `${(index * 7_919 + 100_000) % 1_000_003} xy`)
    .join(" ")
    .slice(0, length);

describe("findQuotes", () => {
  it("finds the same words where they are said to be, and where they are when nothing is said", () => {
    const quote = quoteIn(article, "the cost of the bridge fell by half");
    expect(found(article, quote)).toEqual(["anchored", quote.exact]);
    expect(found(article, without(quote))).toEqual(["anchored", quote.exact]);
    expect(found(article, { exact: quote.exact })).toEqual(["anchored", quote.exact]);
  });

  it("says that words moved when they stand elsewhere than hinted", () => {
    const quote = quoteIn(article, "the cost of the bridge fell by half");
    expect(found(`${numbers(500)}\n\n${article}`, quote)).toEqual(["moved", quote.exact]);
  });

  it("answers for each quote in the order given", () => {
    const quotes = ["by half", "nothing of it", "approach roads"].map((exact) => ({ exact }));
    expect(findQuotes(article, quotes).map(({ state }) => state)).toEqual(["anchored", "orphaned", "anchored"]);
    expect(findQuotes(article, [])).toEqual([]);
  });

  it("sees through line breaks and what a typographer changes", () => {
    expect(found(article, { exact: '"We\'re glad," the\n   minister said. "The bridge -- the longest' })).toEqual([
      "anchored",
      "“We’re glad,” the minister said. “The bridge — the longest",
    ]);
    expect(found("Le cafe\u0301 ferme.", { exact: "café" })).toEqual(["anchored", "cafe\u0301"]);
    expect(found("Und so wei\u00adter … Schluss", { exact: " weiter... " })).toEqual(["anchored", "wei\u00adter …"]);
  });

  it("finds paragraphs, whatever parts them", () => {
    const exact = article.slice(article.indexOf("“We’re"), article.indexOf(", which was dredged"));
    for (const parted of [exact, exact.replaceAll("\n\n", "\r\n\t"), exact.replaceAll("\n\n", "")])
      expect(found(article, { exact: parted, prefix: "40 to 20 million euros.", suffix: ", which was" })).toEqual([
        "anchored",
        exact,
      ]);
  });

  it("finds one character by what stands around it", () => {
    const quote = quoteIn(article, "e", article.indexOf("auditors found the min") + 14);
    const shifted = `${numbers(2_000)}\n\n${article}`;
    const result = find(shifted, without(quote));
    expect(result).toEqual({
      state: "anchored",
      range: { start: quote.start + 2_002, end: quote.start + 2_003 },
      score: 1,
    });
    // Alone it is a part of many words and no word of its own.
    expect(find(article, { exact: "e" })?.state).toBe("orphaned");
  });

  it("finds emoji and text from right to left, whole characters only", () => {
    const text = "Sie schrieb 👨‍👩‍👧 und dann 👍🏽. אמר השר ביום שני כי הגשר ייפתח במאי.";
    expect(found(text, { exact: "👨‍👩‍👧" })).toEqual(["anchored", "👨‍👩‍👧"]);
    expect(found(text, { exact: "\u200fביום שני כי" })).toEqual(["anchored", "ביום שני כי"]);
    for (const part of ["👨", "👍", "\ud83d"]) expect(find(text, { exact: part })?.state).toBe("orphaned");
  });

  it("finds Chinese, which parts no words", () => {
    const text = "部长星期二表示，大桥的费用减少了一半。批评者说，数字不包括引道。";
    expect(found(text, { exact: "费用减少", prefix: "大桥的" })).toEqual(["anchored", "费用减少"]);
  });

  it("tells twins apart by their context or their place, or else says that it cannot", () => {
    const text = ["First", "Second", "Third", "Fourth", "Fifth"]
      .map(
        (each, index) =>
          `${each} came ${numbers(200 + index).slice(40 * index, 40 * index + 80)}. No comment was given. `,
      )
      .join("");
    const third = quoteIn(text, "No comment was given", text.indexOf("Third"));
    expect(find(text, { exact: third.exact })).toMatchObject({
      state: "ambiguous",
      candidates: { length: 5 },
      score: 1,
    });
    expect(find(text, without(third))).toMatchObject({ state: "anchored", range: { start: third.start } });
    expect(find(text, { ...third, start: third.start - 7 })).toMatchObject({
      ...{ state: "moved", range: { start: third.start } },
    });
    expect(find(text, { exact: third.exact, start: third.start })).toMatchObject({
      ...{ state: "anchored", range: { start: third.start } },
    });
  });

  it("says of passages that repeat with their context that nothing tells them apart", () => {
    const text = `${`${article}\n\n`.repeat(3)}End.`;
    const quote = quoteIn(article, "leave out the approach roads");
    expect(find(text, without(quote))).toMatchObject({ state: "ambiguous", candidates: { length: 3 } });
    expect(find(text, quote)).toMatchObject({ state: "anchored", range: { start: quote.start } });
  });

  it("tells equal passages apart by how far the quotes around them have shifted", () => {
    const passage = "Nobody was hurt when the bridge was closed, the council said on Monday.";
    const filler = (nth: number) => Array.from({ length: 120 }, (_, word) => `w${nth * word}`).join(" ");
    const lines = Array.from({ length: 12 }, (_, nth) => [`Line ${nth}: ${filler(nth)}`, passage]);
    const old = lines.flat().join("\n\n");
    const fresh = `A long line was put in front of it all, ${numbers(300).slice(0, 300)}.\n\n${old}`;
    const shift = fresh.length - old.length;
    const passages = lines.map((_, nth) => {
      const [line] = lines[nth] as [string];
      const start = old.indexOf(line) + line.length + 2;
      return { exact: passage, start };
    });
    const unique = lines.map(([line = ""]) => ({ exact: line.slice(0, 60), start: old.indexOf(line) }));
    const found = findQuotes(fresh, [...unique, ...passages]).slice(unique.length);
    expect(found).toEqual(
      passages.map(({ start }) => ({
        ...{ state: "moved", score: 1 },
        range: { start: start + shift, end: start + shift + passage.length },
      })),
    );
    // Nothing tells by how much the text has shifted, and two passages are about as near.
    const [, lost] = findQuotes(fresh, [
      ...passages.slice(2, 3),
      { exact: passage, start: (passages[5]?.start ?? 0) - 400 },
    ]);
    expect(lost?.state).toBe("ambiguous");
  });

  it("says that words changed, and where", () => {
    const quote = quoteIn(article, "the cost of the bridge fell by half, from 40 to 20 million euros");
    const changed = article.replace("from 40 to 20", "from 45 to 22");
    expect(found(changed, without(quote))).toEqual([
      "altered",
      "the cost of the bridge fell by half, from 45 to 22 million euros",
    ]);
    const result = find(changed, quote);
    expect(result?.score).toBeGreaterThan(0.85);
    expect(result?.score).toBeLessThan(1);
  });

  it("does not take words as they were when another was put in right beside them", () => {
    const old = article.replace("not guilty", "guilty");
    expect(found(article, quoteIn(old, "guilty"))).toEqual(["altered", "not guilty"]);
  });

  it("finds the place of a word that was replaced, by what stands around it", () => {
    const changed = article.replace("Tuesday", "Wednesday");
    expect(find(changed, quoteIn(article, "Tuesday"))).toEqual({
      ...{ state: "altered", score: 0 },
      range: { start: changed.indexOf("Wednesday"), end: changed.indexOf("Wednesday") + 9 },
    });
  });

  it("does not attach to words that only look alike", () => {
    // The same words with another context.
    const quote = quoteIn(article, "the minister said");
    expect(find("In Paris the minister said nothing about any of it.", quote)?.state).toBe("orphaned");
    // A part of another word, and other words of the same letters.
    expect(find("To concatenate is to join.", { exact: "cat" })?.state).toBe("orphaned");
    expect(find("The rapist was sentenced on Monday.", { exact: "Therapist" })?.state).toBe("orphaned");
    // A sentence of the same pattern about somebody else.
    const report = (name: string, place: string, what: string) =>
      `${name}, of ${place}, was charged on Monday with two counts of ${what}.`;
    const other = `The court sat late. ${report("Jones", "Dayton", "arson")} He denies it.`;
    const sought = {
      exact: report("Smith", "Springfield", "fraud"),
      prefix: "Nobody was hurt. ",
      suffix: " A date is set.",
    };
    expect(find(other, sought)?.state).toBe("orphaned");
  });

  it("takes a long passage in a new context, but not a short one", () => {
    const [, , critics = ""] = article.split("\n\n");
    const elsewhere = `A new beginning of the text.\n\n${critics}\n\nAnd a new end.`;
    expect(found(elsewhere, quoteIn(article, critics))).toEqual(["moved", critics]);
  });

  it("loses what holds no words, and what is longer than the text", () => {
    for (const exact of ["", " \n\t", "\u200b\u00ad", `${article} ${article}`])
      expect(find(article, { exact, start: 0 })).toEqual({ state: "orphaned", score: 0 });
    expect(find("", { exact: "word" })).toEqual({ state: "orphaned", score: 0 });
  });

  it("takes hints that lead nowhere", () => {
    const { exact } = quoteIn(article, "approach roads");
    for (const start of [-5, 1e9, Number.NaN, 0.5]) expect(found(article, { exact, start })).toEqual(["moved", exact]);
  });

  it("comes to an end on texts that repeat themselves", () => {
    // What grows with text and quote together would take hours.
    const long = 1_000_000;
    const cases: [string, string][] = [
      ["a".repeat(long), "a".repeat(20_000)],
      ["a".repeat(long), `${"a".repeat(20_000)}b`],
      [`${"a".repeat(15_000)}c`.repeat(long / 15_000), "a".repeat(20_000)],
      ["ab ".repeat(long / 3), "ab ".repeat(6_000)],
      [`${"a".repeat(50)}b`.repeat(long / 50), `${`${"a".repeat(50)}b`.repeat(300)}${"a".repeat(49)}b`],
    ];
    for (const [text, exact] of cases)
      for (const quote of [{ exact }, { exact, prefix: exact.slice(0, 32), suffix: exact.slice(0, 32), start: 7 }])
        expect(["ambiguous", "orphaned"]).toContain(find(text, quote)?.state);
  });
});

describe("findQuotes, whatever the text", () => {
  const piece = fc.constantFrom(
    ...["the ", "not ", "cost", "fell", " ", "\n\n", ". ", "e\u0301", "é", "“", '"', "--", "—", "...", "\u00ad"],
    ...["👨‍👩‍👧", "👍🏽", "\ud83d", "שלום ", "大桥", "\u200f", "a", "b", "guilty "],
  );
  const someText = fc.array(piece, { maxLength: 80 }).map((pieces) => pieces.join(""));
  const someQuote = fc.record(
    {
      exact: fc.oneof(someText, fc.string()),
      prefix: someText,
      suffix: someText,
      start: fc.integer({ min: -5, max: 200 }),
    },
    { requiredKeys: ["exact"] },
  );
  /** Quotes of the text, in it as they are or after it was edited somewhere. */
  const quoted = fc
    .tuple(someText, fc.nat(), fc.nat({ max: 30 }), someText, fc.nat())
    .map(([old, at, length, put, where]) => {
      const start = old.length === 0 ? 0 : at % old.length;
      const exact = old.slice(start, start + length);
      const quote = {
        exact,
        prefix: old.slice(Math.max(0, start - 32), start),
        suffix: old.slice(start + length, start + length + 32),
      };
      const edit = old.length === 0 ? 0 : where % old.length;
      return { text: old.slice(0, edit) + put + old.slice(edit), quotes: [quote, { exact, start }, { exact }] };
    });

  it("never calls other words the same, and stays inside the text", () => {
    const cases = fc.oneof(fc.record({ text: someText, quotes: fc.array(someQuote, { maxLength: 4 }) }), quoted);
    fc.assert(
      fc.property(cases, ({ text, quotes }) => {
        const results = findQuotes(text, quotes);
        expect(results.length).toBe(quotes.length);
        results.forEach((result, index) => {
          const ranges = "range" in result ? [result.range] : "candidates" in result ? result.candidates : [];
          for (const { start, end } of ranges) {
            expect(start >= 0 && start < end && end <= text.length).toBe(true);
            expect(text.slice(start, end).isWellFormed() || !text.isWellFormed()).toBe(true);
          }
          expect(result.score >= 0 && result.score <= 1).toBe(true);
          if (result.state === "anchored" || result.state === "moved")
            expect(isSameWords(quotes[index]?.exact ?? "", text.slice(result.range.start, result.range.end))).toBe(
              true,
            );
        });
      }),
      { numRuns: 500 },
    );
  });

  it("finds what was marked in the text itself at its place and nowhere else, or says that it cannot tell", () => {
    fc.assert(
      fc.property(someText, fc.nat(), fc.integer({ min: 1, max: 30 }), (text, at, length) => {
        fc.pre(text.isWellFormed() && text.length > 0);
        const start = at % text.length;
        const anchor = describeAnchor(text, { start, end: Math.min(text.length, start + length) });
        // Half of a dash or of an ellipsis is no word of its own: it may be taken for another full stop.
        const splits = (index: number) => /^(?:\.\.|--)$/.test(text.slice(index - 1, index + 1));
        fc.pre(!splits(anchor.start) && !splits(anchor.end));
        const result = find(text, anchor);
        expect(result?.state).not.toBe("altered");
        if (result && "range" in result)
          expect(result.range.start < anchor.end && anchor.start < result.range.end).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
