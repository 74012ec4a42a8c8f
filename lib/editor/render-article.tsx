/**
 * A stored document as React elements, without an editor: what the workspace shows before any script runs, and a rationale
 * wherever it is only read. The same elements as the editor draws, so that nothing moves when it takes over. Never draws a
 * link that the schema would refuse, nor a node that it does not know.
 */
import { Fragment, type ReactNode } from "react";
import type { RichText, RichTextMark, RichTextNode } from "../domain/rich-text";
import { isAllowedLink } from "./schema";

/** The blocks of a document. Empty blocks keep their line, as in the editor. */
export function renderArticle(document: RichText): ReactNode {
  return renderBlocks(document);
}

const renderBlocks = (parent: RichTextNode): ReactNode[] =>
  (parent.content ?? []).map((node, index) => {
    // The document never changes, so a place in it is a name.
    const key = index;
    switch (node.type) {
      case "paragraph":
        return <p key={key}>{renderInline(node)}</p>;
      case "heading": {
        const Heading = (["h1", "h2", "h3", "h4"] as const)[Number(node.attrs?.level ?? 1) - 1] ?? "h4";
        return <Heading key={key}>{renderInline(node)}</Heading>;
      }
      case "bulletList":
        return <ul key={key}>{renderBlocks(node)}</ul>;
      case "orderedList":
        return (
          <ol key={key} start={Number(node.attrs?.start ?? 1)}>
            {renderBlocks(node)}
          </ol>
        );
      case "listItem":
        return <li key={key}>{renderBlocks(node)}</li>;
      case "blockquote":
        return <blockquote key={key}>{renderBlocks(node)}</blockquote>;
      default:
        return null;
    }
  });

function renderInline(block: RichTextNode): ReactNode {
  const content = block.content ?? [];
  return content.length > 0 ? renderRuns(content, 0) : <br />;
}

/** Runs that share their outermost mark share its element: a link that is partly bold stays one link. */
function renderRuns(runs: RichTextNode[], depth: number): ReactNode[] {
  const parts: ReactNode[] = [];
  for (let index = 0; index < runs.length; ) {
    const run = runs[index] as RichTextNode;
    const mark = run.marks?.[depth];
    let end = index + 1;
    if (!mark) {
      parts.push(<Fragment key={index}>{run.type === "hardBreak" ? <br /> : run.text}</Fragment>);
    } else {
      while (end < runs.length && isSameMark(runs[end]?.marks?.[depth], mark)) end += 1;
      parts.push(<Marked key={index} {...{ mark }} inner={renderRuns(runs.slice(index, end), depth + 1)} />);
    }
    index = end;
  }
  return parts;
}

const isSameMark = (one: RichTextMark | undefined, other: RichTextMark) =>
  one?.type === other.type && one.attrs?.href === other.attrs?.href;

function Marked({ mark, inner }: { mark: RichTextMark; inner: ReactNode }) {
  const { href } = mark.attrs ?? {};
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
