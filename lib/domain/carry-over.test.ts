import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { carryOver, isSameWords } from "./carry-over";

const article = [
  "The minister said on Monday that 45 people were guilty of fraud. He denied all of it in court.",
  'The "second" paragraph is about something else - and it stays. A sentence about dogs and cats stands here.',
  "Third, the river rose by 3.5 metres in one night, officials said. Nobody was hurt, the mayor told reporters.",
].join("\n\n");

type Expected = { state: string; words?: string; candidates?: string[] };

/** What becomes of the words `quote`, the first time that they stand in the old text. */
function carried(quote: string, newText: string, oldText = article): Expected {
  const start = oldText.indexOf(quote);
  if (start < 0) throw new Error(`"${quote}" is not in the old text`);
  const [result] = carryOver(oldText, [{ start, end: start + quote.length }], newText);
  if (!result) throw new Error("No answer");
  const slice = ({ start: from, end }: { start: number; end: number }) => newText.slice(from, end);
  return {
    state: result.state,
    ...("range" in result && { words: slice(result.range) }),
    ...("candidates" in result && { candidates: result.candidates.map(slice) }),
  };
}

const with_ = (...changes: [string, string][]) =>
  changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`"${from}" is not in the text`);
    return text.replace(from, to);
  }, article);

const same = (words: string) => ({ state: "anchored", words });
const altered = (words: string) => ({ state: "altered", words });
const gone = { state: "orphaned" };

describe("what stayed", () => {
  it.each([
    ["the same text", "guilty of fraud", article, "guilty of fraud"],
    ["one character", "T", article, "T"],
    ["three paragraphs", article, article, article],
    ["a part of a word", "uilt", article, "uilt"],
    ["words put in before it", "guilty of fraud", `A new beginning. ${article}`, "guilty of fraud"],
    ["a sentence cut before it", "officials said", with_([" He denied all of it in court.", ""]), "officials said"],
    ["a sentence put in after it", "of fraud.", with_(["of fraud.", "of fraud. All were sentenced."]), "of fraud."],
    ["its paragraph split", "He denied", with_([". He denied", ".\n\nHe denied"]), "He denied"],
    ["split right through it", "fraud. He", with_([". He denied", ".\n\nHe denied"]), "fraud.\n\nHe"],
    ["two paragraphs joined", "court.\n\nThe", with_(["court.\n\nThe", "court. The"]), "court. The"],
    ["typographic quotation marks", '"second"', with_(['"second"', "“second”"]), "“second”"],
    ["a typographic dash", "else - and", with_([" - ", "\u2009— "]), "else\u2009— and"],
    ["non-breaking blanks", "3.5 metres", with_(["3.5 metres", "3.5\u00a0metres"]), "3.5\u00a0metres"],
    ["soft hyphens", "paragraph", with_(["paragraph", "para\u00adgraph"]), "para\u00adgraph"],
  ])("%s", (_, quote, newText, words) => {
    expect(carried(quote, newText)).toEqual(same(words));
  });

  it("composed and decomposed letters", () => {
    const old = "Café Müller öffnet früh.";
    expect(carried("Müller", old.normalize("NFD"), old)).toEqual(same("Müller".normalize("NFD")));
    expect(carried("Müller".normalize("NFD"), old, old.normalize("NFD"))).toEqual(same("Müller"));
    expect(carried("ller öff", old.normalize("NFD"), old)).toEqual(same("ller öff".normalize("NFD")));
  });

  it("emoji and right-to-left text", () => {
    const old = "They wrote 👩‍👩‍👧 and 🇺🇦 under it. قال الوزير إن المشروع سينتهي العام المقبل.";
    const fresh = `Yesterday they met. ${old.replace("under it", "below it")}`;
    expect(carried("👩‍👩‍👧", fresh, old)).toEqual(same("👩‍👩‍👧"));
    expect(carried("🇺🇦", fresh, old)).toEqual(same("🇺🇦"));
    expect(carried("المشروع سينتهي", fresh, old)).toEqual(same("المشروع سينتهي"));
  });

  it("a phrase that stands five times, each in its own place", () => {
    const old = ["one", "two", "three", "four", "five"].map((n) => `In case ${n} officials said so.`).join(" ");
    const fresh = `Before. ${old.replace("In case three officials said so. ", "")}`;
    const anchors = [...old.matchAll(/officials said/g)].map(({ index }) => ({ start: index, end: index + 14 }));
    const results = carryOver(old, anchors, fresh).map((one) =>
      "range" in one ? fresh.slice(one.range.start - 5, one.range.start).trim() : one.state,
    );
    expect(results).toEqual(["one", "two", "orphaned", "four", "five"]);
  });
});

describe("what changed", () => {
  it.each([
    ["a figure", "45 people", with_(["45", "46"]), "46 people"],
    ["nothing but a figure", "45", with_(["45", "46"]), "46"],
    ["a decimal", "3.5 metres", with_(["3.5", "3.6"]), "3.6 metres"],
    ["a not within it", "were guilty", with_(["were", "were not"]), "were not guilty"],
    ["a not right before it", "guilty of fraud", with_(["were", "were not"]), "not guilty of fraud"],
    ["a word right after it", "rose", with_(["rose", "rose slightly"]), "rose slightly"],
    ["a typing error mended", "officials said", with_(["officials", "offcials"]), "offcials said"],
    ["case", "minister", with_(["minister", "Minister"]), "Minister"],
    ["its first word", "minister said on Monday", with_(["minister", "premier"]), "premier said on Monday"],
    ["its last word", "one night", with_(["one night", "one week"]), "one week"],
    [
      "a sentence in its middle cut",
      article,
      with_([" He denied all of it in court.", ""]),
      with_([" He denied all of it in court.", ""]),
    ],
  ])("%s", (_, quote, newText, words) => {
    expect(carried(quote, newText)).toEqual(altered(words));
  });
});

describe("what was moved", () => {
  const [first, second, third] = article.split("\n\n") as [string, string, string];

  it("a paragraph", () => {
    const fresh = [third, first, second].join("\n\n");
    expect(carried("the river rose by 3.5 metres", fresh)).toEqual({
      state: "moved",
      words: "the river rose by 3.5 metres",
    });
    expect(carried("guilty of fraud", fresh)).toEqual(same("guilty of fraud"));
  });

  it("a paragraph in which a figure was changed", () => {
    const fresh = [third.replace("3.5", "3.6"), first, second].join("\n\n");
    expect(carried("the river rose by 3.5 metres", fresh)).toEqual(altered("the river rose by 3.6 metres"));
    expect(carried("the mayor told reporters", fresh)).toEqual({ state: "moved", words: "the mayor told reporters" });
  });

  it("the last words of a paragraph, behind others that were changed", () => {
    const fresh = [third.replace("mayor told", "mayor informed"), first, second].join("\n\n");
    expect(carried("reporters", fresh)).toEqual({ state: "moved", words: "reporters" });
  });
});

it("a sentence put in elsewhere does not take the place of a like one that was edited", () => {
  const mill = "The mill in Bolton was sold to a bank after the war.";
  const old = `${mill} Its 300 workers were told by letter in spring.\n\nIt rained for weeks in that year, and the river rose.`;
  const fresh = `${mill} Its 300 hands were told in a letter in spring.\n\nIts 300 workers were told by letter in March. It rained for weeks in that year, and the river rose.`;
  expect(carried("300 workers were told", fresh, old)).toEqual(altered("300 hands were told"));
});

describe("what is gone", () => {
  it.each([
    ["its sentence was cut", "dogs and cats", with_([" A sentence about dogs and cats stands here.", ""])],
    ["a lookalike of its sentence stands elsewhere", "45 people", "In May 12 people were found guilty of theft."],
    [
      "another text altogether",
      "guilty of fraud",
      "Nothing of the kind is told here. It is a story about the sea and those who love it.",
    ],
    ["an empty text", "T", ""],
  ])("%s", (_, quote, newText) => {
    expect(carried(quote, newText)).toEqual(gone);
  });

  it("an anchor that lies outside of its text, or on nothing", () => {
    const anchors = [
      { start: 10_000, end: 10_010 },
      { start: 3, end: 4 },
      { start: 5, end: 5 },
    ];
    expect(carryOver(article, anchors, article).map(({ state }) => state)).toEqual([
      "orphaned",
      "orphaned",
      "orphaned",
    ]);
  });
});

it("a paragraph that was moved and edited is told from its twins, which say all that it says but for a word", () => {
  const twin = (town: string, year: string) =>
    `The mill in ${town} was sold to a bank after the war. All of its workers were told by letter in ${year}, and most left the valley.`;
  const twins = [twin("Bolton", "1946"), twin("Arden", "1946"), twin("Bolton", "1951")] as const;
  const [rain, strike, sea] = ["It rained for weeks.", "Then the strike began.", "Others went to sea."];
  const old = [twins[0], rain, twins[1], strike, twins[2], sea].join("\n\n");
  const edited = twins[0].replace("sold to", "given to").replace("told by letter", "told so by letter");
  const fresh = [rain, twins[1], strike, twins[2], sea, edited].join("\n\n");
  const place = fresh.lastIndexOf("The mill");
  const [own] = carryOver(old, [{ start: 0, end: 22 }], fresh);
  expect(own).toEqual({ state: "moved", range: { start: place, end: place + 22 }, score: 1 });
});

it("a quotation put in before another one is told from it by the mark that opens it", () => {
  const old = 'Then he spoke.\n\n"We sold it," said the owner.';
  const fresh = 'Then he spoke.\n\n"Nobody asked us," said his son. "We sold it," said the owner.';
  const [start, place] = [old.indexOf('"'), fresh.indexOf('"We')];
  const [mark] = carryOver(old, [{ start, end: start + 1 }], fresh);
  expect(mark).toEqual({ state: "anchored", range: { start: place, end: place + 1 }, score: 1 });
  expect(carried('"We sold it," said', fresh, old)).toEqual(same('"We sold it," said'));
});

it("says that it does not know which of two places it is", () => {
  const passage = "The court found that no money had changed hands at all.";
  const old = `${passage} Then came the summer, and with it another trial of the same people.`;
  const fresh = `Then came the summer, and with it another trial of the same people. First: ${passage} Second: ${passage}`;
  expect(carried(passage, fresh, old)).toEqual({ state: "ambiguous", candidates: [passage, passage] });
});

it("does not choose between two places where its neighbours are gone from both", () => {
  const old = "The sum was put at 214 million. The mayor called that a fair price. Ferries run every hour.";
  const fresh = [
    "The sum was put at 214 million.\n\nIn May the mayor said no. The mayor called that a fair price. Then came the summer.\n\n",
    "Later all was dearer. The mayor called that a fair price. Few agreed.",
  ].join(" ");
  const words = "The mayor called that a fair price";
  expect(carried(words, fresh, old)).toEqual({ state: "ambiguous", candidates: [words, words] });
});

it("knows the same words whatever a typographer did to them", () => {
  expect(isSameWords('He said: "It\'s 5 - or 6..."', "He said:\u00a0“It’s 5 – or 6…”")).toBe(true);
  expect(isSameWords("guilty", "Guilty")).toBe(false);
  expect(isSameWords("5,000", "5.000")).toBe(false);
  expect(isSameWords("to day", "today")).toBe(false);
});

describe("a few words whose surroundings went", () => {
  const old =
    "A second crossing was planned in 1998. It was never built. Ferries ran until 1974.\n\nThe rest stays as it is.";
  const around = (middle: string) => `${middle}\n\nThe rest stays as it is.`;

  it("is left to a person, however few places there are", () => {
    const once = around("Somebody drew a tunnel one day. Such a thing was never seen. Nobody asked why that was so.");
    expect(carried("was never", once, old)).toEqual({ state: "ambiguous", candidates: ["was never"] });
  });

  it("is gone when its words stand everywhere, or are only one", () => {
    const often = around(Array.from({ length: 15 }, (_, nth) => `Idea ${nth} came and was never heard of`).join(", "));
    expect(carried("was never", often, old)).toEqual(gone);
    expect(carried("built", around("Somebody drew a tunnel that nobody built in all of those years."), old)).toEqual(
      gone,
    );
  });
});

describe("over any texts and edits", () => {
  const word = fc.constantFrom(
    ..."a the 5 45 minister guilty not said Monday river é “so” - . , ? 👩‍👩‍👧 وزير".split(" "),
  );
  const passage = fc.array(word, { minLength: 1, maxLength: 14 }).map((words) => words.join(" "));
  const text = fc.array(passage, { minLength: 1, maxLength: 8 });
  /** What an author does: passages cut, moved, put in, and single words changed. */
  const edited = text.chain((passages) =>
    fc.record({
      passages: fc.constant(passages),
      kept: fc.shuffledSubarray(passages),
      others: fc.array(passage, { maxLength: 3 }),
      changes: fc.array(fc.tuple(fc.nat(400), word), { maxLength: 6 }),
      breaks: fc.constantFrom("\n\n", " "),
    }),
  );
  const cases = edited.map(({ passages, kept, others, changes, breaks }) => {
    const fresh = [...kept, ...others].join(breaks).split(" ");
    for (const [at, other] of changes) fresh[at % fresh.length] = other;
    return { oldText: passages.join("\n\n"), newText: fresh.join(" ") };
  });
  const anchorsOf = (length: number) =>
    fc
      .array(fc.tuple(fc.nat(length), fc.nat(length)), { minLength: 1, maxLength: 12 })
      .map((pairs) => pairs.map(([one, other]) => ({ start: Math.min(one, other), end: Math.max(one, other) })));

  it("never says that other words are the same", () => {
    fc.assert(
      fc.property(
        cases.chain((texts) => fc.tuple(fc.constant(texts), anchorsOf(texts.oldText.length))),
        ([{ oldText, newText }, anchors]) => {
          carryOver(oldText, anchors, newText).forEach((carried, index) => {
            const { start, end } = anchors[index] as { start: number; end: number };
            const ranges = "range" in carried ? [carried.range] : "candidates" in carried ? carried.candidates : [];
            for (const range of ranges) {
              expect(range.start).toBeGreaterThanOrEqual(0);
              expect(range.start).toBeLessThan(range.end);
              expect(range.end).toBeLessThanOrEqual(newText.length);
              if (carried.state === "altered") continue;
              const words = [oldText.slice(start, end), newText.slice(range.start, range.end)];
              expect(isSameWords(words[0] as string, words[1] as string), JSON.stringify(words)).toBe(true);
            }
          });
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it("leaves every anchor in its place when nothing changed", () => {
    fc.assert(
      fc.property(
        text.chain((passages) => {
          const whole = passages.join("\n\n");
          return fc.tuple(fc.constant(whole), anchorsOf(whole.length));
        }),
        ([whole, anchors]) => {
          carryOver(whole, anchors, whole).forEach((carried, index) => {
            const anchor = anchors[index] as { start: number; end: number };
            if (!/[^\s\p{Cf}\p{M}]/u.test(whole.slice(anchor.start, anchor.end))) return;
            expect(carried.state).toBe("anchored");
          });
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
