"use client";
import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useWorkspaceServices } from "./workspace-context";

/** The article is in the trash: it can be read, and brought back by whoever may. */
export function TrashBanner({ onRestore }: { onRestore: () => Promise<void> }) {
  const t = useTranslations("workspace.trash");
  const { article } = useWorkspaceServices();
  const [busy, setBusy] = useState(false);
  const restore = async () => {
    setBusy(true);
    await onRestore();
    setBusy(false);
  };
  return (
    <div role="status" className="border-b bg-wash">
      <div className="mx-auto flex max-w-[88rem] flex-wrap items-center gap-3 px-4.5 py-2">
        <Trash2 aria-hidden className="size-4 shrink-0 text-ink-2" />
        <p className="grow">{t("told")}</p>
        {article.abilities.trash && (
          <Button size="sm" disabled={busy} focusableWhenDisabled onClick={() => void restore()}>
            {t("restore")}
          </Button>
        )}
      </div>
    </div>
  );
}
