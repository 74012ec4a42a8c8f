"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { CalendarDate } from "@/components/ui/date";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { ErrorNote } from "@/components/ui/error-note";
import { useFailureWords } from "@/components/ui/failure";
import { Field, Input } from "@/components/ui/field";
import { call } from "@/lib/client/call";
import { type ArticleListItem, articleView } from "@/lib/domain/article";
import { endpoints } from "@/lib/domain/endpoints";
import { AppError } from "@/lib/domain/errors";

type Props = { article: Pick<ArticleListItem, "id" | "version" | "headline" | "dueOn">; onClose: () => void };

export function DueDateDialog({ article, onClose }: Props) {
  const t = useTranslations("desk.due");
  const words = useTranslations("frame");
  const router = useRouter();
  const failure = useFailureWords();
  const [day, setDay] = useState(article.dueOn ?? "");
  const [version, setVersion] = useState(article.version);
  const [changed, setChanged] = useState<{ dueOn: string | null } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function save(dueOn: string | null) {
    setBusy(true);
    setError(null);
    try {
      await call(endpoints.updateArticle, { params: { articleId: article.id }, version, body: { dueOn } });
      toast(t("saved"));
      router.refresh();
      onClose();
    } catch (thrown) {
      setBusy(false);
      const current = thrown instanceof AppError && thrown.code === "conflict" ? thrown.details.current : undefined;
      const now = articleView.pick({ version: true, dueOn: true }).safeParse(current);
      if (!now.success) return setError(failure(thrown));
      // Both are shown; the next save is made on what was seen.
      setChanged({ dueOn: now.data.dueOn });
      setVersion(now.data.version);
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void save(day || null);
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("title")}
      description={t("description", { headline: article.headline })}
    >
      <form onSubmit={submit}>
        <Field label={t("label")} error={error}>
          <Input type="date" value={day} onChange={(event) => setDay(event.target.value)} className="max-w-48" />
        </Field>
        {changed && (
          <ErrorNote className="mt-3">
            {t.rich("changed", { date: () => (changed.dueOn ? <CalendarDate day={changed.dueOn} /> : t("noDate")) })}
          </ErrorNote>
        )}
        <DialogActions>
          {article.dueOn && (
            <Button disabled={busy} focusableWhenDisabled onClick={() => save(null)} className="me-auto">
              {t("none")}
            </Button>
          )}
          <Button onClick={onClose}>{words("cancel")}</Button>
          <Button type="submit" variant="primary" disabled={busy} focusableWhenDisabled>
            {words("save")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
