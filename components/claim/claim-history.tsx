"use client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { cx } from "@/components/ui/class-names";
import { LocalTime } from "@/components/ui/date";
import { useWorkspaceServices } from "@/components/workspace/workspace-context";
import { call } from "@/lib/client/call";
import type { AuditLine } from "@/lib/domain/article";
import { endpoints } from "@/lib/domain/endpoints";
import { useClaimRecord } from "./claim-record";

const readHistory = (claimId: string, cursor: string | undefined, signal: AbortSignal) =>
  call(endpoints.getClaimHistory, { params: { claimId }, query: { cursor }, signal });

/** Who did what to the claim and when, newest first. Read when it is opened. */
export function ClaimHistory() {
  const t = useTranslations("claim.history");
  const { claimId, seen } = useClaimRecord();
  const [isOpen, setOpen] = useState(false);
  const { data, isError, isPending, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ["claim-history", claimId, seen.version],
    queryFn: ({ pageParam, signal }) => readHistory(claimId, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: isOpen,
    placeholderData: (previous) => previous,
  });
  const lines = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section>
      <h3>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="-ms-1 flex min-h-6 items-center gap-1 rounded-sm pe-1 text-sm font-semibold text-ink-2 hover:text-ink"
        >
          <ChevronRight aria-hidden className={cx("size-4 transition-transform", isOpen && "rotate-90")} />
          {t("label")}
        </button>
      </h3>
      {isOpen && (
        <div className="mt-1 ps-4">
          {isError && (
            <p className="text-sm text-ink-2">
              {t("failed")}{" "}
              <button type="button" className="link min-h-6" onClick={() => void refetch()}>
                {t("again")}
              </button>
            </p>
          )}
          {isPending && !isError && <p className="text-sm text-ink-2">{t("loading")}</p>}
          <ol className="space-y-1 text-sm">
            {lines.map((line) => (
              <HistoryLine key={line.id} line={line} />
            ))}
          </ol>
          {hasNextPage && (
            <button type="button" className="link mt-1 min-h-6 text-sm" onClick={() => void fetchNextPage()}>
              {t("older")}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

function HistoryLine({ line }: { line: AuditLine }) {
  const words = useHistoryWords();
  const t = useTranslations("claim.history");
  const { claimId } = useClaimRecord();
  const { article } = useWorkspaceServices();
  const { beforeId, number, articleId } = line.data;
  return (
    <li className="flex gap-2">
      <span className="min-w-0 grow wrap-anywhere">
        {words(line)}
        {typeof beforeId === "string" && (
          <>
            {" · "}
            <Link
              href={`/articles/${articleId ?? article.id}/revisions/${beforeId}?claim=${claimId}`}
              prefetch={false}
              className="link"
            >
              {t("before", { number: Number(number) - 1 })}
            </Link>
          </>
        )}
      </span>
      <LocalTime at={line.at} className="text-ink-3" />
    </li>
  );
}

/** One line of the record as a sentence. */
function useHistoryWords(): (line: AuditLine) => string {
  const t = useTranslations("claim.history");
  const fields = useTranslations("claim.fields");
  const frame = useTranslations("frame");
  const { article } = useWorkspaceServices();
  const { seen } = useClaimRecord();
  return ({ action, actor, data }) => {
    const elsewhere = seen.articles.find(({ id }) => id === data.articleId && id !== seen.articleId);
    const who = actor?.name ?? t("system");
    const rating = (id: unknown) => article.ratings.find((one) => one.id === id)?.label ?? frame("noVerdict");
    const all = Array.isArray(data.fields) ? data.fields.map(String).filter((name) => fields.has(name)) : [];
    const hasVerdict = action === "claim.updated" && all.includes("ratingId");
    const names = hasVerdict ? all.filter((name) => name !== "ratingId") : all;
    const values = {
      who,
      count: names.length,
      fields: names.map((name) => fields(name)).join(", "),
      person: article.people.find(({ id }) => id === data.assigneeId)?.name ?? t("somebody"),
      reason: typeof data.reason === "string" ? data.reason : "",
      number: Number(data.number ?? 0),
      elsewhere: elsewhere ? "yes" : "no",
      headline: elsewhere?.headline ?? "",
      stance:
        typeof data.stance === "string" && frame.has(`stances.${data.stance}`) ? frame(`stances.${data.stance}`) : "",
      from: rating(data.from),
      to: rating(data.to),
    };
    const key = action.replace(".", "_");
    if (hasVerdict) return t("verdict", values);
    if (action === "claim.set_aside" && frame.has(`setAside.${values.reason}`))
      return t("claim_set_aside", { ...values, reason: frame(`setAside.${values.reason}`) });
    return t.has(key) ? t(key, values) : t("other", { who, action });
  };
}

/** Who changed this field last, when it was somebody else: for naming the other side of a conflict. */
export function useChangeAuthor(claimId: string, field: string): string | null {
  const { actor } = useWorkspaceServices();
  const { data } = useQuery({
    queryKey: ["claim-history", claimId, "latest"],
    queryFn: ({ signal }) => readHistory(claimId, undefined, signal),
    staleTime: 0,
  });
  const line = data?.items.find((line) => {
    const fields = line.data.fields;
    return line.actor && line.actor.id !== actor.id && Array.isArray(fields) && fields.includes(field);
  });
  return line?.actor?.name ?? null;
}

/** Who changed anything of this claim last, when it was somebody else. */
export function useLastAuthor(claimId: string, version: number): string | null {
  const { actor } = useWorkspaceServices();
  const { data } = useQuery({
    queryKey: ["claim-history", claimId, "last", version],
    queryFn: ({ signal }) => readHistory(claimId, undefined, signal),
  });
  return data?.items.find((line) => line.actor && line.actor.id !== actor.id)?.actor?.name ?? null;
}
