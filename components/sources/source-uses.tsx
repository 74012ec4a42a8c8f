"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { call } from "@/lib/client/call";
import { endpoints } from "@/lib/domain/endpoints";
import { stance as stances } from "@/lib/domain/evidence";

/** The claims that rest on a source, each a link to its place in its article. */
export function SourceUses({ sourceId }: { sourceId: string }) {
  const t = useTranslations("sources.uses");
  const words = useTranslations("frame");
  const { data, isPending, isError, refetch } = useQuery({
    queryKey: ["source-uses", sourceId],
    queryFn: ({ signal }) => call(endpoints.listSourceUses, { params: { sourceId }, signal }),
  });
  if (isPending) return <p className="text-ink-2">{t("loading")}</p>;
  if (isError)
    return (
      <p role="alert" className="flex items-center gap-2">
        {t("failed")}
        <Button size="sm" onClick={() => refetch()}>
          {words("tryAgain")}
        </Button>
      </p>
    );
  return (
    <ul className="grid gap-2.5">
      {data.map((use) => {
        const { data: stance } = stances.safeParse(use.stance);
        return (
          <li key={`${use.claimId} ${use.stance}`} className="border-s-2 border-line-2 ps-3">
            <Link
              href={`/articles/${use.articleId}?claim=${use.claimId}`}
              prefetch={false}
              className="font-serif text-lg leading-snug text-ink no-underline hover:underline"
            >
              {use.statement}
            </Link>
            <p className="text-sm text-ink-2">
              {stance && `${words(`stances.${stance}`)} · `}
              {use.headline}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
