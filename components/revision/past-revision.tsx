/** A text that was replaced, with its claims as they stood then: nothing here can be changed, and all of it is read before scripts run. */
import "@/components/workspace/workspace.css";
import { ArrowLeft, ArrowRight, FileDiff, FileText, History } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button-look";
import { LocalTime } from "@/components/ui/date";
import { highlightStage } from "@/components/workspace/claim-look";
import { directionOf } from "@/components/workspace/text-direction";
import type { ArticleView } from "@/lib/domain/article";
import type { PastRevision as Past, PastMark } from "@/lib/domain/past-revision";
import { isPlaced } from "@/lib/domain/revision";
import type { ReadHighlight } from "@/lib/editor/highlighted-runs";
import { renderArticle } from "@/lib/editor/render-article";
import { entryId, PastClaimEntry, startId } from "./past-claim";
import { PastReader } from "./past-reader";

type Props = {
  article: Pick<ArticleView, "id" | "headline" | "language">;
  past: Past;
  /** The claim that the address names. */
  claimId: string | undefined;
};

export function PastRevision({ article, past, claimId }: Props) {
  const t = useTranslations("past");
  const highlights = useReadHighlights(past, claimId);
  const { revision, next, marks, entries, from, isKept } = past;
  const to = from + entries.length;
  const around = (mark: PastMark | undefined) => (mark ? `?claim=${mark.claimId}#${entryId(mark.number)}` : null);
  const earlier = around(marks[from - 1]);
  const later = around(marks[to]);
  return (
    <PastReader>
      <Banner {...{ article, past }} />
      <div className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="mx-auto w-full max-w-[68ch] min-w-0 text-[1.1875rem]">
          <h1
            lang={article.language}
            dir="auto"
            className="mb-6 font-serif text-[2.125rem] leading-[1.18] font-semibold tracking-[-0.01em] text-balance break-words max-sm:text-[1.75rem]"
          >
            {article.headline}
          </h1>
          <section
            lang={article.language}
            dir={directionOf(article.language)}
            aria-label={t("text", { number: revision.number })}
            className="article article-text"
          >
            <div className="blocks">{renderArticle(revision.document, highlights)}</div>
          </section>
        </div>
        <section
          aria-labelledby="past-claims"
          data-claims
          className="min-w-0 lg:sticky lg:top-4 lg:-m-1 lg:max-h-[calc(100dvh-2rem)] lg:overflow-y-auto lg:p-1 print:static print:max-h-none"
        >
          <div className="mb-2 flex flex-wrap items-baseline gap-x-3 px-1">
            <h2 id="past-claims" className="text-lg font-semibold">
              {t(isKept ? "claims.title" : "claims.titleOfPlaces")}
            </h2>
            <p className="text-sm text-ink-2 tabular-nums">
              {entries.length < marks.length
                ? t("claims.some", { from: from + 1, to, count: marks.length })
                : t("claims.count", { count: marks.length })}
            </p>
          </div>
          {marks.length === 0 && <p className="px-1 text-ink-2">{t("claims.none")}</p>}
          {earlier && <Further href={earlier} name="earlier" />}
          <ol className="grid gap-2">
            {entries.map((entry) => (
              <PastClaimEntry
                key={entry.claimId}
                {...{ entry }}
                articleId={article.id}
                language={article.language}
                next={next.number}
                isActive={entry.claimId === claimId}
              />
            ))}
          </ol>
          {later && <Further href={later} name="later" />}
        </section>
      </div>
    </PastReader>
  );
}

/** A page of its own, so that what was marked here is not carried over into it. */
function Further({ href, name }: { href: string; name: "earlier" | "later" }) {
  const t = useTranslations("past.claims");
  return (
    <p className="my-2 text-center print:hidden">
      <a href={href} data-further={name} className={buttonClass({ size: "sm" })}>
        {t(name)}
      </a>
    </p>
  );
}

/** Which text this is, and the ways to the others. */
function Banner({ article, past }: Pick<Props, "article" | "past">) {
  const t = useTranslations("past");
  const { revision, previous, next, newest, isKept } = past;
  const base = `/articles/${article.id}/revisions`;
  const link = buttonClass({ size: "sm" });
  return (
    <div className="mb-8 rounded-lg border border-line-2 bg-wash px-4 py-3">
      <p className="flex items-start gap-2 font-semibold">
        <History aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>
          {t.rich("banner", {
            number: revision.number,
            next: next.number,
            when: () => <LocalTime at={next.createdAt} shape="full" />,
          })}
        </span>
      </p>
      <p className="mt-0.5 ps-6 text-ink-2">{t("replacedBy", { name: next.createdBy, next: next.number })}</p>
      {!isKept && <p className="mt-1 ps-6">{t("places")}</p>}
      <nav aria-label={t("ways")} className="mt-2.5 flex flex-wrap gap-2 sm:ps-6 print:hidden">
        {previous && (
          <Link href={`${base}/${previous.id}`} className={link}>
            <ArrowLeft aria-hidden />
            {t("previous", { number: previous.number })}
          </Link>
        )}
        {next.id !== newest.id && (
          <Link href={`${base}/${next.id}`} className={link}>
            {t("next", { number: next.number })}
            <ArrowRight aria-hidden />
          </Link>
        )}
        <Link href={`/articles/${article.id}`} className={link}>
          <FileText aria-hidden />
          {t("newest", { number: newest.number })}
        </Link>
        <Link href={`${base}/compare?${new URLSearchParams({ from: revision.id, to: newest.id })}`} className={link}>
          <FileDiff aria-hidden />
          {t("compare", { number: newest.number })}
        </Link>
      </nav>
    </div>
  );
}

/** What the text draws of each claim: as the workspace does, with a number that leads to its record. */
function useReadHighlights({ marks, entries, from }: Past, activeId: string | undefined): ReadHighlight[] {
  const t = useTranslations("past.mark");
  const frame = useTranslations("frame");
  return marks.map(({ claimId, number, state, rating, places }, index) => {
    const isHere = index >= from && index < from + entries.length;
    return {
      id: String(number),
      number,
      ranges: places.filter((place) => isPlaced(place.state)),
      color: rating?.color ?? null,
      // Of a text from before claims were kept nobody knows how far the work was.
      stage: state ? highlightStage[state] : "aside",
      symbol: rating?.symbol ?? "",
      startWords: state
        ? t("start", { number, verdict: rating?.label ?? frame("noVerdict"), state: frame(`states.${state}`) })
        : t("startUnknown", { number }),
      endWords: t("end", { number }),
      href: `${isHere ? "" : `?claim=${claimId}`}#${entryId(number)}`,
      startId: startId(number),
      isActive: claimId === activeId,
    };
  });
}
