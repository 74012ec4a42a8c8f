/**
 * Reads what a person pastes as a source (an address, a citation, plain words) into the fields of one. A first guess that is shown
 * and corrected in place; it invents nothing that does not stand in the text.
 */
import type { SourceKind } from "@/lib/domain/source";
import { webAddress } from "@/lib/domain/text";

export type SourceDraft = {
  title: string;
  author: string;
  publisher: string;
  publishedOn: string;
  url: string;
  kind: SourceKind;
};

export const emptySource: SourceDraft = {
  title: "",
  author: "",
  publisher: "",
  publishedOn: "",
  url: "",
  kind: "other",
};

const address = /https?:\/\/[^\s<>"“”]+/i;
const doi = /\bdoi:\s*(10\.\d{4,9}\/\S+)/i;
/** Punctuation that ends a sentence rather than an address. */
const trailing = /[.,;:!?)\]]+$/;
const quoted = /[“"«„]([^”"»“]{3,})[”"»“]/u;
const months = "january february march april may june july august september october november december".split(" ");

/** The address in the text, if it is one that may be kept. */
export function addressIn(text: string): string | null {
  const found = address.exec(text)?.[0].replace(trailing, "");
  if (found && webAddress(found)) return found;
  const identifier = doi.exec(text)?.[1]?.replace(trailing, "");
  return identifier ? `https://doi.org/${identifier}` : null;
}

/** `2023-05-14`, `14 May 2023`, `May 14, 2023`, `May 2023` or a year in brackets, as precisely as it is written. */
export function dateIn(text: string): string {
  const iso = /\b(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))\b/.exec(text);
  if (iso?.[1]) return iso[1];
  const name = months.join("|");
  const dayFirst = new RegExp(`\\b(\\d{1,2})\\.?\\s+(${name}),?\\s+(\\d{4})\\b`, "i").exec(text);
  const monthFirst = new RegExp(`\\b(${name})\\s+(?:(\\d{1,2})(?:st|nd|rd|th)?,?\\s+)?(\\d{4})\\b`, "i").exec(text);
  const [day, month, year] = dayFirst
    ? [dayFirst[1], dayFirst[2], dayFirst[3]]
    : [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]];
  if (year && month) {
    const number = String(months.indexOf(month.toLowerCase()) + 1).padStart(2, "0");
    const inMonth = day && Number(day) >= 1 && Number(day) <= 31;
    return inMonth ? `${year}-${number}-${day.padStart(2, "0")}` : `${year}-${number}`;
  }
  return /[([]\s*((?:1[5-9]|20)\d{2})[a-z]?\s*[)\]]/.exec(text)?.[1] ?? "";
}

export function readCitation(pasted: string): SourceDraft {
  const text = pasted.replace(/\s+/g, " ").trim();
  const url = addressIn(text);
  const words = text.replace(address, "").replace(doi, "").trim();
  const inQuotes = quoted.exec(words);
  const publishedOn = dateIn(words);
  if (!inQuotes) {
    const title = words.replace(/[\s.,;:–—-]+$/u, "");
    return { ...emptySource, title, publishedOn, url: url ?? "" };
  }
  // «Author (year). "Title." Publisher, date.»: what stands before the title is who wrote it, what stands after it where.
  const isDateOnly = (part: string) =>
    part.replace(new RegExp(months.join("|"), "i"), "").replace(/[\d\s()[\],.–-]/g, "") === "";
  const tidy = (part: string) =>
    part
      .replace(/[([]\s*\d{4}[a-z]?\s*[)\]]/g, "")
      .replace(/^[\s.,;:]+|[\s.,;:]+$/g, "")
      .trim();
  const author = tidy(words.slice(0, inQuotes.index));
  const rest = words.slice(inQuotes.index + inQuotes[0].length).split(/[.,;]\s*/);
  const publisher = rest.map(tidy).find((part) => part !== "" && !isDateOnly(part)) ?? "";
  return {
    ...emptySource,
    title: tidy(inQuotes[1] ?? ""),
    author: isDateOnly(author) ? "" : author,
    publisher,
    publishedOn,
    url: url ?? "",
  };
}
