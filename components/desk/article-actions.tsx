"use client";

import { CalendarClock, EllipsisVertical, FileDiff, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { iconButtonClass } from "@/components/ui/button-look";
import { useFailureWords } from "@/components/ui/failure";
import { Menu, MenuItem, MenuLink } from "@/components/ui/menu";
import { call } from "@/lib/client/call";
import type { ArticleListItem } from "@/lib/domain/article";
import { endpoints } from "@/lib/domain/endpoints";
import { DueDateDialog } from "./due-date-dialog";

/** What can be done to an article from the desk. */
export function ArticleActions({ article }: { article: ArticleListItem }) {
  const t = useTranslations("desk");
  const router = useRouter();
  const failure = useFailureWords();
  const [settingDue, setSettingDue] = useState(false);
  const params = { articleId: article.id };

  async function attempt(work: () => Promise<unknown>) {
    try {
      await work();
      router.refresh();
    } catch (error) {
      toast.error(failure(error));
    }
  }

  const restore = () => attempt(() => call(endpoints.restoreArticle, { params }));
  const trash = () =>
    attempt(async () => {
      await call(endpoints.trashArticle, { params, version: article.version });
      toast(t("trashed", { headline: article.headline }), { action: { label: t("row.undo"), onClick: restore } });
    });

  if (!article.abilities.due && !article.abilities.trash) return null;
  return (
    <>
      <Menu
        trigger={
          <button
            type="button"
            aria-label={t("row.actions", { headline: article.headline })}
            className={iconButtonClass("md")}
          >
            <EllipsisVertical aria-hidden />
          </button>
        }
      >
        {article.abilities.due && (
          <MenuItem onClick={() => setSettingDue(true)}>
            <CalendarClock aria-hidden />
            {t("row.dueDate")}
          </MenuItem>
        )}
        <MenuLink href={`/articles/${article.id}/revisions`}>
          <FileDiff aria-hidden />
          {t("row.revisions")}
        </MenuLink>
        {article.abilities.trash && (
          <MenuItem danger onClick={trash}>
            <Trash2 aria-hidden />
            {t("row.moveToTrash")}
          </MenuItem>
        )}
      </Menu>
      {settingDue && <DueDateDialog article={article} onClose={() => setSettingDue(false)} />}
    </>
  );
}
