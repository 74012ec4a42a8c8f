"use client";
/** The claims beside the text: what filters them, then each level with its words or all in a list. */
import { Highlighter } from "lucide-react";
import { useTranslations } from "next-intl";
import { useDeferredValue, useState } from "react";
import { SignInBeside } from "@/components/claim/save-word";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorNote } from "@/components/ui/error-note";
import { useFailureWords } from "@/components/ui/failure";
import { everything, isEverything } from "@/lib/client/claim-filter";
import { placeOf } from "@/lib/client/claim-store";
import { setPreference, usePreferences } from "@/lib/client/preferences";
import { useClaimFilter, useShownIds } from "@/lib/client/shown-claims";
import { AppError } from "@/lib/domain/errors";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import { applyFilter } from "./address";
import { ClaimCards } from "./claim-cards";
import { ClaimFilters } from "./claim-filters";
import { ClaimList } from "./claim-list";
import type { Ratings } from "./claim-look";
import { LostPlaces } from "./lost-places";
import { OpenCard } from "./open-claim";
import type { Loading } from "./use-claims";
import { useActiveClaimId, useClaim, useWorkspaceServices } from "./workspace-context";

export type ClaimsProps = {
  surface: ArticleSurface | null;
  ratings: Ratings;
  loading: Loading;
  onReload: () => Promise<void>;
};

export function ClaimsColumn(props: ClaimsProps) {
  const t = useTranslations("workspace");
  const { list } = usePreferences();
  const [startAt, setStartAt] = useState<string | null>(null);
  const showAll = ([first]: readonly string[]) => {
    setStartAt(first ?? null);
    setPreference({ list: true });
  };
  const { surface, ratings } = props;
  return (
    <aside
      aria-label={t("claims")}
      className={cx(
        "flex flex-col gap-3 py-4 max-[900px]:hidden",
        list && "sticky top-13 h-[calc(100dvh-3.25rem)] self-start",
      )}
    >
      <div className={cx(!list && "sticky top-13 z-10 -mx-1 bg-paper/95 px-1 py-2 backdrop-blur-xs")}>
        <ClaimFilters />
      </div>
      <LostPlaces />
      {props.loading.state === "ready" && <OpenWithoutPlace list={list} />}
      <ClaimsOrWhyNone {...props}>
        {list ? (
          <ClaimList {...{ ratings, startAt }} />
        ) : (
          surface && <ClaimCards {...{ surface, ratings }} onMore={showAll} />
        )}
      </ClaimsOrWhyNone>
    </aside>
  );
}

/** The claims, or in words why there are none. */
export function ClaimsOrWhyNone({ loading, onReload, children }: ClaimsProps & { children: React.ReactNode }) {
  const t = useTranslations("workspace");
  const failure = useFailureWords();
  const { article, shown } = useWorkspaceServices();
  const filter = useClaimFilter(shown);
  const isEmpty = useShownIds(shown).length === 0;
  if (loading.state === "failed")
    return (
      <ErrorNote
        title={t("claimsFailed")}
        action={
          <span className="flex flex-wrap items-center gap-3">
            <Button size="sm" onClick={() => void onReload()}>
              {t("tryAgain")}
            </Button>
            {loading.error instanceof AppError && loading.error.code === "unauthenticated" && (
              <SignInBeside>{t("signIn")}</SignInBeside>
            )}
          </span>
        }
      >
        {failure(loading.error)}
      </ErrorNote>
    );
  if (loading.state === "loading") return null;
  if (!isEmpty) return children;
  if (!isEverything(filter))
    return (
      <EmptyState
        title={t("nothingShown")}
        action={<Button onClick={() => applyFilter(shown, everything)}>{t("showAll")}</Button>}
      />
    );
  return (
    <EmptyState icon={Highlighter} title={t("empty.title")}>
      {t(article.abilities.mark ? "empty.body" : "empty.readOnly")}
    </EmptyState>
  );
}

/** The open claim when it stands nowhere beside the text: a colleague has just taken it away, or its words are gone. */
function OpenWithoutPlace({ list }: { list: boolean }) {
  const id = useActiveClaimId();
  return id === null ? null : <WithoutPlace id={id} list={list} />;
}

function WithoutPlace({ id, list }: { id: string; list: boolean }) {
  const claim = useClaim(id);
  // Comes together with the cards, of which it takes the panel's place: never two panels of one claim.
  const isElsewhere = useDeferredValue(claim !== undefined && (list || placeOf(claim) !== null));
  if (isElsewhere) return null;
  return (
    <div className="sticky top-36 z-10">
      <OpenCard id={id} />
    </div>
  );
}
