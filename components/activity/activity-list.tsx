import { Bot, ListFilter } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { writeAddress } from "@/components/frame/address";
import { Avatar } from "@/components/ui/avatar";
import { iconButtonClass } from "@/components/ui/button-look";
import { LocalTime } from "@/components/ui/date";
import type { AuditLine } from "@/lib/domain/article";
import { workflowState } from "@/lib/domain/workflow";

type Props = {
  lines: readonly AuditLine[];
  /** Names of people by id, for those whom a line is about. */
  names: ReadonlyMap<string, string>;
  /** The person that the list is filtered by, to be kept when it is filtered by an article too. */
  personId?: string | undefined;
  /** Whether the list shows one article already. */
  oneArticle: boolean;
};

/** The audit record in words. */
export function ActivityList({ lines, names, personId, oneArticle }: Props) {
  const t = useTranslations("activity");
  return (
    <ol aria-label={t("list")} className="overflow-hidden rounded-lg border bg-sheet">
      {lines.map((line) => (
        <li key={line.id} className="flex items-start gap-3 px-4 py-2.5 not-first:border-t">
          {line.actor ? (
            <Avatar person={line.actor} size="sm" decorative className="mt-0.5" />
          ) : (
            <span className="mt-0.5 grid size-6 shrink-0 place-items-center rounded-full bg-wash">
              <Bot aria-hidden className="size-3.5 text-ink-2" />
            </span>
          )}
          <div className="min-w-0 grow wrap-anywhere">
            <Sentence line={line} names={names} />
            <Detail line={line} />
            <LocalTime at={line.at} shape="full" className="text-sm text-ink-2 sm:hidden" />
          </div>
          <LocalTime at={line.at} shape="full" className="pt-px text-sm text-ink-2 max-sm:hidden" />
          {line.articleId && !oneArticle ? (
            <Link
              href={writeAddress("/activity", { personId, articleId: line.articleId })}
              prefetch={false}
              aria-label={t("filters.onlyThis", { headline: line.headline ?? "" })}
              title={t("filters.onlyThis", { headline: line.headline ?? "" })}
              className={iconButtonClass("sm", "-my-0.5")}
            >
              <ListFilter aria-hidden />
            </Link>
          ) : (
            !oneArticle && <span className="w-7 shrink-0" />
          )}
        </li>
      ))}
    </ol>
  );
}

function Sentence({ line, names }: { line: AuditLine; names: ReadonlyMap<string, string> }) {
  const t = useTranslations("activity");
  const { action, actor, articleId, claimId, headline, data } = line;
  const key = action === "source.updated" && claimId ? "actions.source.updatedOnClaim" : `actions.${action}`;
  const about = typeof data.assigneeId === "string" ? data.assigneeId : data.personId;
  const address = `/articles/${articleId}`;
  return (
    <p>
      {t.rich(t.has(key) ? key : "actions.other", {
        action,
        person: (typeof about === "string" && names.get(about)) || t("somebody"),
        number: typeof data.number === "number" ? data.number : "",
        sentences: typeof data.sentences === "number" ? data.sentences : 1,
        kind: typeof data.kind === "string" ? data.kind : "",
        // Lines from before revisions could be opened name none.
        revision: (words) =>
          typeof data.revisionId === "string" ? (
            <Link
              href={writeAddress(`/articles/${data.articleId ?? articleId}/revisions/${data.revisionId}`, {
                claim: claimId ?? undefined,
              })}
              prefetch={false}
              className="link"
            >
              {words}
            </Link>
          ) : (
            words
          ),
        who: () => <strong className="font-semibold">{actor?.name ?? t("system")}</strong>,
        claim: () => (
          <Link href={`${address}?claim=${claimId}`} prefetch={false} className="link">
            {t("aClaim")}
          </Link>
        ),
        article: () => (
          <Link href={address} prefetch={false} className="link">
            {headline}
          </Link>
        ),
      })}
    </p>
  );
}

/** What the line keeps besides: the fields that changed, the states between which a claim moved, the reason that was given. */
function Detail({ line: { action, data } }: { line: AuditLine }) {
  const t = useTranslations("activity");
  const words = useTranslations("frame");
  const fields = (Array.isArray(data.fields) ? data.fields : [])
    .map(String)
    .filter((name) => t.has(`fields.${name}`))
    .map((name) => t(`fields.${name}`));
  const [from, to] = [workflowState.safeParse(data.from).data, workflowState.safeParse(data.to).data];
  const reason = typeof data.reason === "string" ? data.reason : "";
  const knownReason = action === "claim.set_aside" && words.has(`setAside.${reason}`);
  const parts = [
    fields.length > 0 && t("changed", { fields: fields.join(", ") }),
    from && to && from !== to && t("stateChange", { from: words(`states.${from}`), to: words(`states.${to}`) }),
    reason && (knownReason ? words(`setAside.${reason}`) : t("reason", { reason })),
  ].filter(Boolean);
  return parts.length > 0 && <p className="text-sm text-ink-2">{parts.join(" · ")}</p>;
}
