import { expect, it } from "vitest";
import { alignTexts } from "./align-texts";
import { draftWarnings } from "./draft-warnings";

const story =
  "The council voted seven to two on Tuesday to approve the harbour plan. Officials put the cost at 214 million, a third less than the estimate.";
const other =
  "Rain is expected over most of the country by Friday evening; farmers in the south, who have waited since May, say that it comes too late.";
const kinds = (before: string, after: string, languages: [string | null, string | null] = ["en", "en"]) =>
  draftWarnings({
    ...{ before, after, map: alignTexts(before, after) },
    languages: { before: languages[0], after: languages[1] },
  }).map(({ kind }) => kind);

it("says nothing of a text that was edited, cut to half or doubled", () => {
  expect(kinds(story, story.replace("214", "231"))).toEqual([]);
  expect(kinds(`${story}\n\n${other}`, story)).toEqual([]);
  expect(kinds(story, `${other}\n\n${story}`)).toEqual([]);
  expect(kinds(story, "Another short text.")).toEqual([]);
});

it("tells another article, another language, a text a hundred times as long, and one that is the same", () => {
  expect(kinds(story, other)).toEqual(["other_text"]);
  expect(kinds(story, story.replace("214", "231"), ["en", "de"])).toEqual(["language"]);
  expect(kinds(story, story, [null, "de"])).toEqual(["formatting"]);
  expect(kinds(story, `${story}\n\n${`${other} `.repeat(120)}`)).toEqual(["longer"]);
});
