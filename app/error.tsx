"use client";

import { CloudAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

type Props = { error: Error & { digest?: string }; retry: () => void };

export default function ErrorPage({ error, retry }: Props) {
  const t = useTranslations("frame.error");
  return (
    <div className="grid min-h-[70dvh] place-items-center" role="alert">
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
