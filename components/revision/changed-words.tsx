"use client";
import { Fragment, useMemo } from "react";
import { textChanges } from "@/lib/domain/text-changes";
import { Parts } from "./changed-text";

/** Words then and now in one line: what goes is struck, what comes is underlined. */
export function ChangedWords({ before, after }: { before: string; after: string }) {
  const blocks = useMemo(() => textChanges(before, after).blocks, [before, after]);
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of one text have no other name
    <Fragment key={index}>
      {index > 0 && <br />}
      <Parts parts={block.together} />
    </Fragment>
  ));
}

/** The words that stand there and those that are asked for. */
export function WordingChange({ words, wording }: { words: string; wording: string }) {
  return (
    <p dir="auto" className="font-serif text-[0.9375rem]/[1.45] wrap-anywhere whitespace-pre-line">
      <ChangedWords before={words} after={wording} />
    </p>
  );
}
