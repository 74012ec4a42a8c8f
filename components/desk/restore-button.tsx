"use client";

import { Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { useFailureWords } from "@/components/ui/failure";
import { call } from "@/lib/client/call";
import type { ArticleListItem } from "@/lib/domain/article";
import { endpoints } from "@/lib/domain/endpoints";

export function RestoreButton({ article }: { article: Pick<ArticleListItem, "id" | "headline" | "abilities"> }) {
  const t = useTranslations("desk");
  const router = useRouter();
  const failure = useFailureWords();
  const [busy, setBusy] = useState(false);
  if (!article.abilities.trash) return null;

  async function restore() {
    setBusy(true);
    try {
      await call(endpoints.restoreArticle, { params: { articleId: article.id } });
      toast(t("restored", { headline: article.headline }));
      router.refresh();
    } catch (error) {
      setBusy(false);
      toast.error(failure(error));
    }
  }

  return (
    <Button size="sm" disabled={busy} focusableWhenDisabled onClick={restore}>
      <Undo2 aria-hidden />
      {t("row.restore")}
    </Button>
  );
}
