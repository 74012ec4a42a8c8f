"use client";
/** What stands in the place of something that is not here yet: that it is being read, or why it could not be. */
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { ErrorNote } from "@/components/ui/error-note";
import { useFailureWords } from "@/components/ui/failure";

type Props = {
  query: { isError: boolean; error: unknown; refetch: () => unknown };
  /** What could not be read. */
  failed: "list" | "compare" | "draft";
};

export function Waiting({ query, failed }: Props) {
  const t = useTranslations("revisions");
  const failure = useFailureWords();
  if (!query.isError) return <p role="status">{t("loading")} …</p>;
  return (
    <ErrorNote
      title={t(`failed.${failed}`)}
      action={
        <Button size="sm" onClick={() => query.refetch()}>
          {t("failed.again")}
        </Button>
      }
    >
      {failure(query.error)}
    </ErrorNote>
  );
}
