/** Evidence as it is only read: what it says and where that stands. Draws the same before scripts run. */
import { CircleMinus, CirclePlus, ExternalLink, Info } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/class-names";
import { CalendarDate } from "@/components/ui/date";
import type { EvidenceView, Stance } from "@/lib/domain/evidence";
import { webAddress } from "@/lib/domain/text";

type Source = Pick<EvidenceView["source"], "title" | "author" | "publisher" | "publishedOn" | "url">;

/** Each stance by symbol, word and colour; none of them a symbol of a verdict. */
export const stanceLook: Record<Stance, { icon: typeof Info; ink: string; edge: string }> = {
  supports: { icon: CirclePlus, ink: "text-verified", edge: "border-s-verified" },
  refutes: { icon: CircleMinus, ink: "text-disputed", edge: "border-s-disputed" },
  gives_context: { icon: Info, ink: "text-unverifiable", edge: "border-s-unverifiable" },
};

/** Its stance, then the source. */
export function EvidenceLine({ stance, source, locator }: { stance: Stance; source: Source; locator: string }) {
  const t = useTranslations("frame.stances");
  const { icon: Icon, ink } = stanceLook[stance];
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
      <span className={cx("inline-flex items-center gap-1 font-semibold", ink)}>
        <Icon aria-hidden className="size-3.5 shrink-0 self-center" />
        {t(stance)}
      </span>
      <SourceLine source={source} locator={locator} />
    </p>
  );
}

/** Title with its link, then who made it, who brought it out and when. */
function SourceLine({ source, locator }: { source: Source; locator: string }) {
  const t = useTranslations("claim.evidence");
  // Checked when it was saved, and again where it becomes a link.
  const href = source.url && webAddress(source.url)?.href;
  const parts: ReactNode[] = [source.author, source.publisher, locator].filter(Boolean);
  return (
    <span className="min-w-0 wrap-anywhere">
      {href ? (
        <a href={href} target="_blank" rel="noopener noreferrer nofollow" className="link font-medium">
          {source.title}
          <ExternalLink role="img" aria-label={t("newTab")} className="ms-1 inline size-3 align-[-0.1em]" />
        </a>
      ) : (
        <span className="font-medium">{source.title}</span>
      )}
      <span className="text-ink-2">
        {parts.map((part) => (
          <span key={String(part)}>, {part}</span>
        ))}
        {source.publishedOn && (
          <>
            , <CalendarDate day={source.publishedOn} />
          </>
        )}
      </span>
    </span>
  );
}

/** What stands in the source, and what that shows. `isShort`: of a long excerpt only its beginning. */
export function EvidenceWords({ excerpt, shows, isShort }: { excerpt: string; shows: string; isShort: boolean }) {
  return (
    <>
      {excerpt && (
        <blockquote
          className={cx(
            "font-serif text-[0.9375rem]/[1.45] wrap-anywhere whitespace-pre-line",
            isShort && "line-clamp-6",
          )}
        >
          “{excerpt}”
        </blockquote>
      )}
      {shows && <p className="mt-0.5 text-sm wrap-anywhere whitespace-pre-line text-ink-2">{shows}</p>}
    </>
  );
}
