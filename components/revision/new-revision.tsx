"use client";
/** The next text of an article: given whole or edited from the one under check, looked over, then laid beside it. */
import { FilePen } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { v7 as newId } from "uuid";
import { CheckedText, CheckHead, FoundNotes, SaveBar } from "@/components/intake/checking";
import { Giving } from "@/components/intake/giving";
import { IntakeNotices, useIntake } from "@/components/intake/use-intake";
import { Button } from "@/components/ui/button";
import { call } from "@/lib/client/call";
import type { IntakeCheck } from "@/lib/client/intake-draft";
import type { ArticleView } from "@/lib/domain/article";
import { endpoints } from "@/lib/domain/endpoints";
import type { RevisionDraftCreate } from "@/lib/domain/revision";
import type { RichText } from "@/lib/domain/rich-text";

type Article = Pick<ArticleView, "id" | "version" | "headline" | "language" | "revision">;
type Props = { article: Article; personId: string };

export function NewRevision({ article, personId }: Props) {
  const t = useTranslations("revisions.new");
  const intake = useTranslations("intake");
  const router = useRouter();
  const { draft, setCheck, begin, clear, run, startOver, back, busy, told, giving } = useIntake(personId, article.id);
  const { check } = draft;
  const { revision } = article;

  const edit = () =>
    run({ what: "own" }, async (signal) => {
      const [current] = await Promise.all([
        call(endpoints.getRevision, { as: personId, signal, params: { revisionId: revision.id } }),
        import("@/lib/editor/draft-editor"),
      ]);
      begin(editOf(current));
    });

  const save = (text: IntakeCheck) =>
    run({ what: "save" }, async () => {
      const { id, document, edits, draft: found } = text;
      const body: RevisionDraftCreate = {
        ...{ id, document },
        baseId: edits?.id ?? revision.id,
        origin: edits ? "edit" : found.origin,
        originName: edits ? null : found.originName,
        ...(edits?.kept && { kept: edits.kept }),
      };
      await call(endpoints.createRevisionDraft, { as: personId, params: { articleId: article.id }, body });
      const headline = otherHeadline(text, article);
      if (headline && text.takesHeadline) await changeHeadline(article, headline, personId);
      await clear();
      router.push(`/articles/${article.id}/revision-drafts/${id}`);
    });

  return (
    <div className="grid gap-4">
      <IntakeNotices
        {...told}
        title={(what) => (what === "save" || what === "own" ? t(`error.${what}`) : intake(`error.${what}`))}
        doing={{ save: t("busy"), own: t("reading", { number: revision.number }) }}
      />
      {check && draft.step === "check" ? (
        <TextCheck
          {...{ check, busy }}
          number={check.edits?.number ?? revision.number}
          language={article.language}
          headline={otherHeadline(check, article)}
          onChange={setCheck}
          onSave={() => void save(check)}
          onBack={back}
          onClear={startOver}
        />
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <p className="text-ink-2">{t("ways")}</p>
            <Button onClick={() => void edit()} disabled={busy} focusableWhenDisabled>
              <FilePen aria-hidden />
              {t("edit", { number: revision.number })}
            </Button>
          </div>
          <Giving {...giving} />
        </>
      )}
    </div>
  );
}

type CheckProps = {
  check: IntakeCheck;
  /** Of the revision that it will take the place of. */
  number: number;
  language: string;
  /** The one that came with the text, when it is not the article's. */
  headline: string | null;
  busy: boolean;
  onChange: (part: Partial<IntakeCheck>) => void;
  onSave: () => void;
  onBack: () => void;
  onClear: () => void;
};

function TextCheck({ check, number, language, headline, busy, onChange, onSave, onBack, onClear }: CheckProps) {
  const t = useTranslations("revisions.new");
  const intake = useTranslations("intake.check");
  const { draft, edits } = check;
  return (
    <form
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        onSave();
      }}
    >
      <CheckHead
        {...{ busy, onBack, onClear }}
        checkId={check.id}
        title={t("check")}
        from={
          edits ? t("from", { number: edits.number }) : intake(`from.${draft.origin}`, { name: draft.originName ?? "" })
        }
      />
      <div className="mx-auto grid max-w-4xl gap-4">
        {headline && (
          <section className="rounded-lg border bg-wash px-4 py-2.5">
            <p dir="auto" className="break-words">
              {t("headline", { headline })}
            </p>
            <label className="mt-1 flex min-h-6 items-center gap-2">
              <input
                type="checkbox"
                className="size-4 accent-accent"
                checked={check.takesHeadline ?? false}
                onChange={(event) => onChange({ takesHeadline: event.target.checked })}
              />
              {t("takeHeadline")}
            </label>
          </section>
        )}
        <FoundNotes notes={draft.notes} />
        <CheckedText
          check={check}
          label={t("text")}
          hint={t("hint", { number })}
          language={language}
          onChange={onChange}
        />
      </div>
      <SaveBar
        check={check}
        busy={busy}
        action={t("save")}
        hint={t(headline && check.takesHeadline ? "saveHintHeadline" : "saveHint")}
      />
    </form>
  );
}

function otherHeadline({ draft }: IntakeCheck, article: Article): string | null {
  const found = draft.metadata.headline?.trim();
  return found && found !== article.headline ? found : null;
}

/** Done already when an answer was lost. */
async function changeHeadline({ id, version }: Article, headline: string, personId: string): Promise<void> {
  const params = { articleId: id };
  try {
    await call(endpoints.updateArticle, { as: personId, params, version, body: { headline } });
  } catch (error) {
    const current = await call(endpoints.getArticle, { as: personId, params }).catch(() => null);
    if (current?.headline !== headline) throw error;
  }
}

type Edited = { id: string; number: number; document: RichText; text: string };

function editOf({ id, number, document, text }: Edited): IntakeCheck {
  const metadata = {
    ...{ headline: null, byline: null, outlet: null },
    ...{ publishedOn: null, canonicalUrl: null, language: null },
  };
  const fields = { headline: "", byline: "", outlet: "", publishedOn: "", canonicalUrl: "", language: "" };
  const characters = text.length;
  return {
    ...{ id: newId(), document, characters, fields, allowDuplicate: false, edits: { id, number } },
    draft: { document, characters, metadata, origin: "paste", originName: null, notes: [], duplicates: [] },
  };
}
