/** One claim as it stood on a text that was replaced: verdict, state, why and on what evidence, and what became of it then. */
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EvidenceLine, EvidenceWords, stanceLook } from "@/components/claim/evidence-reading";
import { proseClass } from "@/components/claim/prose-class";
import { cx } from "@/components/ui/class-names";
import { LocalTime } from "@/components/ui/date";
import { StateBadge } from "@/components/ui/state-badge";
import { VerdictBadge } from "@/components/ui/verdict-badge";
import { quoteOf } from "@/lib/domain/anchor";
import type { PastClaim, PastEntry } from "@/lib/domain/past-revision";
import { isPlaced } from "@/lib/domain/revision";
import { renderArticle } from "@/lib/editor/render-article";

/** Claims are named by their numbers within the page: an id at each of thousands of highlights would weigh more than the text. */
export const entryId = (number: number) => `claim-${number}`;
export const startId = (number: number) => `text-${number}`;

type Props = {
  entry: PastEntry;
  articleId: string;
  language: string;
  /** The number of the revision that replaced its text. */
  next: number;
  isActive: boolean;
};

export function PastClaimEntry({ entry, articleId, language, next, isActive }: Props) {
  const t = useTranslations("past");
  const { claimId, number, record, rating, state, places, fates } = entry;
  const isInText = places.some((place) => isPlaced(place.state));
  const headingId = `${entryId(number)}-title`;
  return (
    <li
      id={entryId(number)}
      data-entry={claimId}
      data-number={number}
      tabIndex={-1}
      aria-labelledby={headingId}
      className={cx(
        "scroll-my-4 break-inside-avoid rounded-lg border bg-sheet px-3.5 py-2.5 outline-hidden target:border-focus [&.is-active]:border-focus [&.is-active]:outline-1 [&.is-active]:outline-focus",
        isActive && "is-active",
      )}
    >
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <span className="text-sm text-ink-2 tabular-nums">{t("claim.number", { number })}</span>
        {state && (
          <>
            <VerdictBadge rating={rating} />
            <StateBadge state={state} />
          </>
        )}
      </div>
      <h3 id={headingId} dir="auto" lang={language} className="mt-1 font-semibold break-words whitespace-pre-line">
        {record?.statement ?? `“${quoteOf(places)}”`}
      </h3>
      {places.map((place) => {
        const told = {
          orphaned: "lost",
          ambiguous: "several",
          altered: "altered",
          moved: null,
          anchored: null,
        } as const;
        const name = told[place.state];
        return (
          name && (
            <p key={place.id} className="mt-1 text-sm break-words text-ink-2">
              {t(`claim.${name}`, { words: place.exact })}
            </p>
          )
        );
      })}
      {record && <Kept record={record} />}
      {fates.map(({ kind, words, by }, index) => (
        <p key={places[index]?.id ?? kind} className="mt-2 text-sm break-words text-ink-2">
          {t(`fate.${kind}`, { next, words, name: by ?? "" })}
        </p>
      ))}
      <p className="mt-1.5 flex flex-wrap gap-x-4 text-sm print:hidden">
        {isInText && (
          <a href={`#${startId(number)}`} data-in-text className="link inline-flex min-h-6 items-center">
            {t("claim.inText")}
          </a>
        )}
        <Link
          href={`/articles/${articleId}?claim=${claimId}`}
          prefetch={false}
          className="link inline-flex min-h-6 items-center"
        >
          {t("claim.now")}
        </Link>
      </p>
    </li>
  );
}

function Kept({ record }: { record: PastClaim }) {
  const t = useTranslations("past.claim");
  const frame = useTranslations("frame");
  const { claimant, confidence, rationale, evidence, stateReason, setAsideAs } = record;
  const reason = [setAsideAs && frame(`setAside.${setAsideAs}`), stateReason].filter(Boolean).join(": ");
  return (
    <>
      {claimant && <p className="text-sm text-ink-2">{t("claimant", { claimant })}</p>}
      {reason && <p className="mt-1 text-sm break-words">{t("reason", { reason })}</p>}
      {rationale && (
        <Part label={t("rationale")} note={confidence && frame(`confidences.${confidence}`)}>
          <div dir="auto" className={proseClass}>
            {renderArticle(rationale)}
          </div>
        </Part>
      )}
      {evidence.length > 0 && (
        <Part label={t("evidence")}>
          <ul className="grid gap-2">
            {evidence.map(({ stance, source, locator, excerpt, shows }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: what is frozen is known by its place
              <li key={index} className={cx("border-s-3 ps-2.5", stanceLook[stance].edge)}>
                <EvidenceLine {...{ stance, source, locator }} />
                <EvidenceWords {...{ excerpt, shows }} isShort={false} />
              </li>
            ))}
          </ul>
        </Part>
      )}
      <People record={record} />
    </>
  );
}

function Part({ label, note, children }: { label: string; note?: string | null; children: ReactNode }) {
  return (
    <div className="mt-2">
      <h4 className="text-sm font-semibold text-ink-2">
        {label}
        {note && <span className="font-normal"> · {note}</span>}
      </h4>
      {children}
    </div>
  );
}

function People({ record: { assignee, verdictBy, approvedBy, approvedAt, state } }: { record: PastClaim }) {
  const t = useTranslations("past.claim");
  const isSigned = (state === "approved" || state === "stale") && approvedBy && approvedAt;
  const told = [
    assignee && t("heldBy", { name: assignee.name }),
    verdictBy && t("verdictBy", { name: verdictBy.name }),
    isSigned && t.rich("approvedBy", { name: approvedBy.name, when: () => <LocalTime at={approvedAt} shape="full" /> }),
  ].filter(Boolean);
  if (told.length === 0) return null;
  return (
    <p className="mt-2 flex flex-wrap gap-x-3 text-sm text-ink-2">
      {told.map((sentence, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: always in this order
        <span key={index}>{sentence}</span>
      ))}
    </p>
  );
}
