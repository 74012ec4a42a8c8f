/** One claim as a reader gets it: statement, verdict, why, on what evidence, and who answers for it. */
import type { PublicClaim, Snapshot } from "../domain/publication";
import { plainText } from "../domain/rich-text";
import { webAddress } from "../domain/text";
import { outwardRel, richTextHtml } from "./article-html";
import { direction, type Html, html, joined, type Part } from "./html";
import { longInstant, partialLongDate } from "./page-dates";
import { pageWords } from "./page-words";

type Evidence = PublicClaim["evidence"][number];
const said = { backToText: pageWords("backToText"), unmarked: pageWords("unmarked") };
const stances = {
  supports: pageWords("stances.supports"),
  refutes: pageWords("stances.refutes"),
  gives_context: pageWords("stances.gives_context"),
};
const confidences: Record<string, string> = {
  low: pageWords("confidences.low"),
  medium: pageWords("confidences.medium"),
  high: pageWords("confidences.high"),
};

/** `start` is the id of the mark where the claim starts; null for one whose words are no longer in the text. */
export function claimEntry({ ratings }: Snapshot, claim: PublicClaim, start: string | null): Html {
  const { number, statement, claimant, rationale, evidence } = claim;
  const rating = ratings[claim.rating];
  const confidence = confidences[claim.confidence ?? ""];
  return html`
    <li id=c${number} class=r${claim.rating}>
      <p class=v><b>${rating?.symbol ?? ""} ${rating?.label ?? ""}</b> ${pageWords("claim", { number })}${confidence ? ` · ${confidence}` : null}</p>
      <h3${direction(statement)}>${statement}</h3>
      ${claimant && html`<p class=c>${pageWords("claimant", { claimant })}</p>`}
      ${rationale && html`<div${direction(plainText(rationale))}>${richTextHtml(rationale)}</div>`}
      ${evidence.length > 0 && html`<ul>${evidence.map(evidenceItem)}</ul>`}
      <p class=w>${signature(claim)} ${start ? html`<a href=#${start}>${said.backToText}</a>` : said.unmarked}</p>
    </li>`;
}

function evidenceItem({ stance, source, locator, excerpt, shows }: Evidence): Html {
  const published = source.publishedOn && partialLongDate(source.publishedOn);
  const work = [outwardLink(source.url, source.title), source.author, source.publisher, published, locator];
  return html`
    <li${direction(source.title + excerpt + shows)}>
      <b>${stances[stance]}:</b> ${joined(work, ", ")}
      ${excerpt !== "" && html`. <q>${excerpt}</q>`}
      ${shows !== "" && html` ${excerpt === "" && "— "}${shows}`}
    </li>`;
}

function signature({ checkedBy, approvedBy, approvedAt, alone }: PublicClaim): string {
  const time = approvedAt ? longInstant(approvedAt) : "";
  const approver = approvedBy ?? "";
  if (!checkedBy) return pageWords("approved", { approver, time });
  if (alone && checkedBy === approvedBy) return pageWords("checkedAndApprovedAlone", { checker: checkedBy, time });
  return pageWords("checkedAndApproved", { checker: checkedBy, approver, time });
}

/** A link that leads out; only its words when there is no address that may be followed. */
export function outwardLink(url: string | null, words: string): Part {
  return url && webAddress(url) ? html`<a href="${url}" rel="${outwardRel}">${words}</a>` : words;
}
