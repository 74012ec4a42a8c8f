"use client";
/** Finds another article in which the open claim stands as well, and proposes its words there. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { usePlaceActions } from "@/components/claim/place-actions";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-look";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { ErrorNote } from "@/components/ui/error-note";
import { useFailureWords } from "@/components/ui/failure";
import { Field, Input } from "@/components/ui/field";
import { useSettled } from "@/components/ui/use-settled";
import { call } from "@/lib/client/call";
import type { ArticleListItem } from "@/lib/domain/article";
import { endpoints } from "@/lib/domain/endpoints";
import { useWorkspaceServices } from "./workspace-context";

type Props = { claimId: string; onClose: () => void };

export function OtherArticleDialog({ claimId, onClose }: Props) {
  const t = useTranslations("places.other");
  const [chosen, setChosen] = useState<ArticleListItem | null>(null);
  return (
    <Dialog
      open
      size="md"
      title={t("title")}
      description={t("description")}
      onOpenChange={(open) => !open && onClose()}
    >
      {chosen ? (
        <PlacesThere {...{ claimId, onClose }} article={chosen} onBack={() => setChosen(null)} />
      ) : (
        <Search onChoose={setChosen} />
      )}
    </Dialog>
  );
}

function Search({ onChoose }: { onChoose: (article: ArticleListItem) => void }) {
  const t = useTranslations("places.other");
  const desk = useTranslations("desk.row");
  const failure = useFailureWords();
  const { article } = useWorkspaceServices();
  const [text, setText] = useState("");
  const q = useSettled(text.trim());
  const { data, error } = useQuery({
    queryKey: ["articles", q],
    queryFn: ({ signal }) => call(endpoints.listArticles, { query: { q }, signal }),
    placeholderData: keepPreviousData,
  });
  const items = data?.items.filter(({ id }) => id !== article.id) ?? [];
  return (
    <>
      <Field label={t("search")}>
        <Input
          value={text}
          placeholder={t("placeholder")}
          onChange={(event) => setText(event.target.value)}
          autoFocus
        />
      </Field>
      {error && (
        <ErrorNote title={t("failed")} className="mt-3">
          {failure(error)}
        </ErrorNote>
      )}
      <p role="status" className="mt-3 text-sm text-ink-2">
        {data && (items.length === 0 ? t("none") : t("found", { count: items.length }))}
      </p>
      <ul className="mt-1 grid max-h-[40dvh] gap-1 overflow-y-auto">
        {items.map((item) => (
          <li key={item.id}>
            <button
              type="button"
              onClick={() => onChoose(item)}
              className="block w-full rounded-md border px-3 py-2 text-start -outline-offset-2 hover:bg-wash"
            >
              <span className="block font-serif font-semibold wrap-anywhere">{item.headline}</span>
              <span className="text-sm text-ink-2">
                {[item.outlet, item.publishedOn, desk("claims", { count: item.claims })].filter(Boolean).join(" · ")}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function PlacesThere({ claimId, article, onBack, onClose }: Props & { article: ArticleListItem; onBack: () => void }) {
  const t = useTranslations("places.other");
  const failure = useFailureWords();
  const { stand } = usePlaceActions(useWorkspaceServices());
  const { data, error } = useQuery({
    queryKey: ["place-proposals", claimId, article.id],
    queryFn: ({ signal }) => call(endpoints.findPlaces, { params: { claimId, articleId: article.id }, signal }),
    gcTime: 0,
  });
  const take = async ({ start, end, words }: { start: number; end: number; words: string }) => {
    if (!data) return;
    const { revisionId } = data;
    if (await stand(claimId, null, { articleId: article.id, revisionId, start, end, exact: words })) onClose();
  };
  return (
    <>
      <h3 className="font-serif text-lg font-semibold wrap-anywhere">{article.headline}</h3>
      {error && (
        <ErrorNote title={t("failed")} className="mt-3">
          {failure(error)}
        </ErrorNote>
      )}
      <p role="status" className="mt-2 text-sm text-ink-2">
        {data && t("proposed", { count: data.proposals.length })}
      </p>
      <ol className="mt-1 grid max-h-[40dvh] gap-2 overflow-y-auto">
        {data?.proposals.map((place) => (
          <li key={place.start} className="rounded-md border px-3 py-2">
            <p lang={data.language} dir="auto" className="font-serif wrap-anywhere text-ink-2">
              {place.before}
              <span className="text-ink underline decoration-focus decoration-2 underline-offset-4">{place.words}</span>
              {place.after}
            </p>
            <Button size="sm" className="mt-1.5" onClick={() => void take(place)}>
              {t("take")}
            </Button>
          </li>
        ))}
      </ol>
      <DialogActions>
        <Button variant="quiet" onClick={onBack}>
          <ArrowLeft aria-hidden />
          {t("back")}
        </Button>
        <Link href={`/articles/${article.id}?place=${claimId}`} className={buttonClass()}>
          {t("go")}
        </Link>
      </DialogActions>
    </>
  );
}
