"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { ErrorNote } from "@/components/ui/error-note";
import { useFailureWords } from "@/components/ui/failure";
import { Field, Input } from "@/components/ui/field";
import { call } from "@/lib/client/call";
import { type ArticlePatch, type ArticleView, articlePatch } from "@/lib/domain/article";
import { endpoints } from "@/lib/domain/endpoints";
import { AppError } from "@/lib/domain/errors";
import { useWorkspaceServices } from "./workspace-context";

const fields = ["headline", "byline", "outlet", "publishedOn", "canonicalUrl", "language", "dueOn"] as const;
type Name = (typeof fields)[number];
type Values = Record<Name, string>;

const inputTypes: Partial<Record<Name, string>> = { publishedOn: "date", dueOn: "date", canonicalUrl: "url" };
const wide: readonly Name[] = ["headline", "canonicalUrl"];

const valuesOf = (article: ArticleView): Values =>
  Object.fromEntries(fields.map((field) => [field, article[field] ?? ""])) as Values;

/** What was typed, over the version that was looked at. */
type Draft = { seen: ArticleView; values: Values };
const draftOf = (article: ArticleView): Draft => ({ seen: article, values: valuesOf(article) });
const changesOf = ({ seen, values }: Draft): Name[] => {
  const before = valuesOf(seen);
  return fields.filter((field) => values[field] !== before[field]);
};

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

/** Closed by Escape or a click beside it, what was typed stays for the next opening; only "Cancel" lets go of it. */
export function ArticleDetailsDialog({ open, onOpenChange }: Props) {
  const t = useTranslations("workspace.details");
  const { article } = useWorkspaceServices();
  const [kept, setKept] = useState<Draft | null>(null);
  const draft = kept && changesOf(kept).length > 0 ? kept : draftOf(article);
  const close = () => {
    setKept(null);
    onOpenChange(false);
  };
  return (
    <Dialog title={t("title")} description={t("description")} size="md" open={open} onOpenChange={onOpenChange}>
      <DetailsForm draft={draft} onChange={setKept} onDone={close} />
    </Dialog>
  );
}

type FormProps = { draft: Draft; onChange: (draft: Draft) => void; onDone: () => void };

/** Sends only what was changed, over the version that was looked at; a form that fails keeps what was typed. */
function DetailsForm({ draft, onChange, onDone }: FormProps) {
  const t = useTranslations("workspace.details");
  const words = useTranslations("frame");
  const failure = useFailureWords();
  const { article, setArticle } = useWorkspaceServices();
  const { seen, values } = draft;
  const [errors, setErrors] = useState<Partial<Record<Name, string>>>({});
  const [trouble, setTrouble] = useState<string | null>(null);
  const [theirs, setTheirs] = useState<Name[]>([]);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const before = valuesOf(seen);
    const changed = changesOf(draft);
    if (changed.length === 0) {
      onDone();
      return;
    }
    const patch = Object.fromEntries(changed.map((field) => [field, values[field].trim() || null])) as ArticlePatch;
    if (changed.includes("headline")) patch.headline = values.headline;
    const checked = articlePatch.safeParse(patch);
    if (!checked.success) {
      const found = checked.error.issues.map((issue) => [String(issue.path[0]), issue.message]);
      setErrors(Object.fromEntries(found) as Partial<Record<Name, string>>);
      return;
    }
    setErrors({});
    setTrouble(null);
    setBusy(true);
    try {
      const params = { articleId: article.id };
      setArticle(await call(endpoints.updateArticle, { params, version: seen.version, body: patch }));
      toast(t("saved"));
      onDone();
    } catch (error) {
      const current =
        error instanceof AppError && error.code === "conflict" ? (error.details.current as ArticleView) : null;
      if (current) {
        const now = valuesOf(current);
        // What only they changed comes in; what both changed stays as it was typed here, and theirs is shown.
        setTheirs(changed.filter((field) => now[field] !== before[field]));
        const mine = Object.fromEntries(changed.map((field) => [field, values[field]]));
        onChange({ seen: current, values: { ...now, ...mine } });
        setArticle(current);
        setTrouble(t("conflict"));
      } else {
        const named = error instanceof AppError ? (error.details.fields ?? []) : [];
        setErrors(
          Object.fromEntries(named.map(({ path, message }) => [path, message])) as Partial<Record<Name, string>>,
        );
        setTrouble(failure(error));
      }
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={submit} noValidate className="grid gap-3.5 sm:grid-cols-2">
      {trouble && <ErrorNote className="sm:col-span-2">{trouble}</ErrorNote>}
      {fields.map((field) => (
        <Field
          key={field}
          label={t(`fields.${field}`)}
          hint={theirs.includes(field) ? t("theirs", { value: valuesOf(seen)[field] || t("empty") }) : undefined}
          error={errors[field]}
          className={wide.includes(field) ? "sm:col-span-2" : ""}
        >
          <Input
            type={inputTypes[field] ?? "text"}
            disabled={field === "dueOn" && !article.abilities.due}
            value={values[field]}
            dir={field === "canonicalUrl" ? "ltr" : "auto"}
            onChange={(event) => onChange({ seen, values: { ...values, [field]: event.currentTarget.value } })}
          />
        </Field>
      ))}
      <div className="sm:col-span-2">
        <DialogActions>
          <Button onClick={onDone}>{words("cancel")}</Button>
          <Button type="submit" variant="primary" disabled={busy} focusableWhenDisabled>
            {words("save")}
          </Button>
        </DialogActions>
      </div>
    </form>
  );
}
