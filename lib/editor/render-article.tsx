/**
 * A stored document as React elements, without an editor: what the workspace shows before any script runs, a revision that was
 * replaced with its claims, and a rationale wherever it is only read. The same elements as the editor draws, so that nothing moves
 * when it takes over. Never draws a link that the schema would refuse, nor a node that it does not know.
 */
import { Fragment, type ReactNode } from "react";
import type { RichText, RichTextMark, RichTextNode } from "../domain/rich-text";
import { claimAttribute } from "./claim-highlights";
import { HighlightedRuns, highlightOf, type ReadHighlight } from "./highlighted-runs";
import { isAllowedLink } from "./schema";

/** The blocks of a document, with claims highlighted in it. Empty blocks keep their line, as in the editor. */
export function renderArticle(document: RichText, highlights: readonly ReadHighlight[] = []): ReactNode {
  const runs = highlights.length > 0 ? new HighlightedRuns(document, highlights) : null;
  return renderBlocks(document, (content) => runs?.next(content) ?? content);
}

type Cut = (content: readonly RichTextNode[]) => readonly RichTextNode[];

const renderBlocks = (parent: RichTextNode, cut: Cut): ReactNode[] =>
  (parent.content ?? []).map((node, index) => {
    // The document never changes, so a place in it is a name.
    const key = index;
    switch (node.type) {
      case "paragraph":
        return <p key={key}>{renderInline(node, cut)}</p>;
      case "heading": {
        const Heading = (["h1", "h2", "h3", "h4"] as const)[Number(node.attrs?.level ?? 1) - 1] ?? "h4";
        return <Heading key={key}>{renderInline(node, cut)}</Heading>;
      }
      case "bulletList":
        return <ul key={key}>{renderBlocks(node, cut)}</ul>;
      case "orderedList":
        return (
          <ol key={key} start={Number(node.attrs?.start ?? 1)}>
            {renderBlocks(node, cut)}
          </ol>
        );
      case "listItem":
        return <li key={key}>{renderBlocks(node, cut)}</li>;
      case "blockquote":
        return <blockquote key={key}>{renderBlocks(node, cut)}</blockquote>;
      default:
        return null;
    }
  });

function renderInline(block: RichTextNode, cut: Cut): ReactNode {
  const content = cut(block.content ?? []);
  return content.length > 0 ? renderRuns(content, 0) : <br />;
}

/** Runs that share their outermost mark share its element: a link that is partly bold stays one link. */
function renderRuns(runs: readonly RichTextNode[], depth: number): ReactNode[] {
  const parts: ReactNode[] = [];
  for (let index = 0; index < runs.length; ) {
    const run = runs[index] as RichTextNode;
    const mark = run.marks?.[depth];
    let end = index + 1;
    if (!mark) {
      parts.push(<Fragment key={index}>{renderRun(run)}</Fragment>);
    } else {
      while (end < runs.length && isSameMark(runs[end]?.marks?.[depth], mark)) end += 1;
      parts.push(<Marked key={index} {...{ mark }} inner={renderRuns(runs.slice(index, end), depth + 1)} />);
    }
    index = end;
  }
  return parts;
}

const isSameMark = (one: RichTextMark | undefined, other: RichTextMark) =>
  one?.type === other.type && one.attrs?.href === other.attrs?.href && highlightOf(one) === highlightOf(other);

function renderRun(run: RichTextNode): ReactNode {
  if (run.type === "hardBreak") return <br />;
  const claim = highlightOf(run);
  if (!claim) return run.text;
  if (run.type === "claimStart")
    return <span className="claim-start" data-words={claim.startWords} id={run.attrs?.id as string | undefined} />;
  return (
    <a href={claim.href} className={`claim-number v-${claim.color ?? "none"}`} {...{ [claimAttribute]: claim.id }}>
      <span aria-hidden>
        {claim.symbol}
        {claim.number}
      </span>
      <span className="sr-only">{claim.endWords}</span>
    </a>
  );
}

function Marked({ mark, inner }: { mark: RichTextMark; inner: ReactNode }) {
  const { href } = mark.attrs ?? {};
  const claim = highlightOf(mark);
  if (claim) {
    const look = `claim-mark v-${claim.color ?? "none"} s-${claim.stage}${claim.isActive ? " is-active" : ""}`;
    return (
      <span className={look} {...{ [claimAttribute]: claim.id }}>
        {inner}
      </span>
    );
  }
  if (mark.type === "bold") return <strong>{inner}</strong>;
  if (mark.type === "italic") return <em>{inner}</em>;
  if (mark.type === "link" && isAllowedLink(href))
    return (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {inner}
      </a>
    );
  return inner;
}
