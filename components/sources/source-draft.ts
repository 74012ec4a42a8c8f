/** A source while it is being written: text in every field, empty for what is not known. */
import { type SourceKind, type SourceView, sourceKind } from "@/lib/domain/source";

export type SourceDraft = {
  kind: SourceKind;
  title: string;
  author: string;
  publisher: string;
  publishedOn: string;
  url: string;
};
export type SourceField = keyof SourceDraft;

export const sourceFields: readonly SourceField[] = ["kind", "title", "author", "publisher", "publishedOn", "url"];

export const emptyDraft: SourceDraft = {
  kind: "other",
  title: "",
  author: "",
  publisher: "",
  publishedOn: "",
  url: "",
};

export function draftOf({ kind, title, author, publisher, publishedOn, url }: SourceView): SourceDraft {
  return {
    kind,
    title,
    author: author ?? "",
    publisher: publisher ?? "",
    publishedOn: publishedOn ?? "",
    url: url ?? "",
  };
}

/** As the server takes it: what is empty is null. */
export function inputOf({ kind, title, author, publisher, publishedOn, url }: SourceDraft) {
  const known = (text: string) => text.trim() || null;
  return {
    kind,
    title: title.trim(),
    author: known(author),
    publisher: known(publisher),
    publishedOn: known(publishedOn),
    url: known(url),
  };
}

/** The fields that somebody else changed since `base` and that are not what `mine` says. */
export function contested(base: SourceDraft, mine: SourceDraft, theirs: SourceDraft): SourceField[] {
  return sourceFields.filter((field) => theirs[field] !== base[field] && theirs[field] !== mine[field].trim());
}

/** Mine, with theirs wherever I changed nothing: what two people wrote in different fields does not clash. */
export function merged(base: SourceDraft, mine: SourceDraft, theirs: SourceDraft): SourceDraft {
  const kept = sourceFields.filter((field) => mine[field] !== base[field]);
  return { ...theirs, ...Object.fromEntries(kept.map((field) => [field, mine[field]])) };
}

/** Fields as they were kept in the browser, laid over a source; whatever makes no sense there is left out. */
export function restored(base: SourceDraft, kept: Record<string, string>): SourceDraft {
  const kind = sourceKind.safeParse(kept.kind);
  const texts = sourceFields.filter((field) => field !== "kind" && field in kept);
  return {
    ...base,
    ...Object.fromEntries(texts.map((field) => [field, kept[field]])),
    ...(kind.success && { kind: kind.data }),
  };
}
