"use client";
/** Which claims stand on words that differ between two revisions: a quiet list, each line a way to its passage. */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useFailureWords } from "@/components/ui/failure";
import { call } from "@/lib/client/call";
import { endpoints } from "@/lib/domain/endpoints";
import type { ClaimChange } from "@/lib/domain/past-revision";
import { blockAt, type TextChanges } from "@/lib/domain/text-changes";
import { blockId } from "./changed-text";

type Props = { articleId: string; from: string; to: string; changes: TextChanges };

/** Claims that are told at once; the rest comes when it is asked for. */
const atOnce = 20;

export function ClaimsOnChanges({ articleId, from, to, changes }: Props) {
  const t = useTranslations("revisions.compare.claims");
  const failure = useFailureWords();
  const [limit, setLimit] = useState(atOnce);
  const { data, error } = useQuery({
    queryKey: ["claim-changes", from, to],
    queryFn: ({ signal }) =>
      call(endpoints.listClaimChanges, { params: { revisionId: to }, query: { since: from }, signal }),
  });
  if (error) return <p className="text-sm text-ink-2">{`${t("failed")} ${failure(error)}`}</p>;
  if (!data) return null;
  const { claims } = data;
  if (claims.length === 0) return <p className="text-ink-2">{t("none")}</p>;
  return (
    <section aria-labelledby="claims-on-changes">
      <h2 id="claims-on-changes" className="font-semibold">
        {t("title", { count: claims.length })}
      </h2>
      <ul className="mt-1 grid">
        {claims.slice(0, limit).map((claim, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a claim may be there for each of its places
          <li key={index} className="flex flex-wrap items-baseline gap-x-3 border-b py-1 text-sm last:border-b-0">
            <span className="w-16 shrink-0 text-ink-2">{t(`kinds.${claim.kind}`)}</span>
            <a
              href={`#${blockId(blockOf(claim, changes))}`}
              dir="auto"
              className="link inline-flex min-h-6 min-w-0 basis-64 grow items-center break-words"
            >
              {claim.statement}
            </a>
            <Link
              href={`/articles/${articleId}/revisions/${from}?claim=${claim.claimId}`}
              prefetch={false}
              aria-label={t("openOf", { statement: claim.statement })}
              className="link inline-flex min-h-6 items-center"
            >
              {t("open")}
            </Link>
          </li>
        ))}
      </ul>
      {claims.length > limit && (
        <Button size="sm" variant="quiet" onClick={() => setLimit(claims.length)}>
          {t("all", { count: claims.length })}
        </Button>
      )}
    </section>
  );
}

function blockOf({ before, after }: ClaimChange, { blocks }: TextChanges): number {
  return after ? blockAt(blocks, "after", after.start) : blockAt(blocks, "before", before?.start ?? 0);
}
