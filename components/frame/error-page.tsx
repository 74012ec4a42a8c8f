"use client";

import { CloudAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** The props that the framework gives a page that failed. */
export type FailedPage = { error: Error & { digest?: string }; retry: () => void };

/** A page that could not be shown: what was kept, and the number by which an admin finds the cause in the log. */
export function ErrorPage({ error, retry }: FailedPage) {
  const t = useTranslations("frame.error");
  return (
    <div className="grid min-h-[60dvh] place-items-center" role="alert">
      <EmptyState
        icon={CloudAlert}
        title={<h1>{t("title")}</h1>}
        action={
          <Button variant="primary" onClick={retry}>
            {t("action")}
          </Button>
        }
      >
        <p>{t("body")}</p>
        {error.digest && <p className="mt-2 text-sm tabular-nums">{t("reference", { digest: error.digest })}</p>}
      </EmptyState>
    </div>
  );
}
