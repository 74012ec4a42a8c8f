"use client";
/** The workspace of one article: its text, its claims level with it, and everything that is done to them. */
import "./workspace.css";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { toast } from "sonner";
import { type ClaimCommands, useUndo } from "@/components/claim/claim-actions";
import { useFailureWords } from "@/components/ui/failure";
import { call } from "@/lib/client/call";
import { filterFrom } from "@/lib/client/claim-filter";
import { ClaimStore } from "@/lib/client/claim-store";
import { Ledger } from "@/lib/client/ledger";
import type { Live } from "@/lib/client/live";
import { usePreferences } from "@/lib/client/preferences";
import { ShownClaims } from "@/lib/client/shown-claims";
import type { ArticleView } from "@/lib/domain/article";
import { endpoints } from "@/lib/domain/endpoints";
import type { ArticleSurface, SurfaceOptions } from "@/lib/editor/article-surface";
import { useDeepLink, writeAddress } from "./address";
import { ArticleHead } from "./article-head";
import { ArticleStrip } from "./article-strip";
import { ArticleText } from "./article-text";
import { type Ratings, startOf } from "./claim-look";
import { ClaimsColumn } from "./claims-column";
import { ClaimsOnPhone } from "./claims-on-phone";
import { HandBar } from "./hand-bar";
import { useWorkspaceKeys } from "./key-map";
import { LedgerBar } from "./ledger-bar";
import { Marking } from "./marking";
import { type Pile, PileMenu } from "./pile-menu";
import { PlaceWork } from "./place-work";
import { scrollToOffset } from "./scroll-to";
import { TrashBanner } from "./trash-banner";
import { useClaims } from "./use-claims";
import { CommandsOfOpenClaim, useCommands, usePaletteActions } from "./use-commands";
import { useHighlights } from "./use-highlights";
import { useLedger, useMarks } from "./use-ledger";
import { useLedgerDrawing } from "./use-ledger-drawing";
import { useMarking } from "./use-marking";
import { narrow, useMedia } from "./use-media";
import { useNewRatings } from "./use-new-ratings";
import { useHandFromAddress, usePlaces } from "./use-places";
import { WorkspaceBar } from "./workspace-bar";
import { ActiveClaim, WorkspaceProvider, type WorkspaceServices } from "./workspace-context";
import { type DialogName, WorkspaceDialogs } from "./workspace-dialogs";

type Props = {
  article: ArticleView;
  actor: WorkspaceServices["actor"];
  /** The text, rendered on the server. */
  children: ReactNode;
};

export function Workspace({ article: loaded, actor, children }: Props) {
  const [surface, setSurface] = useState<ArticleSurface | null>(null);
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const [pile, setPile] = useState<Pile | null>(null);
  const live = useRef<Live | null>(null);
  const said = useRef<HTMLParagraphElement>(null);
  const ofClaim = useRef<ClaimCommands | null>(null);

  const services = useServices({ loaded, actor, surface, live, said });
  const { article, store, shown, active, ledger, setActiveClaim, setArticle } = services;
  const ratings = useRatings(article);
  const { reading, readMarks } = useMarks({ article, ledger });
  const { loading, load, status, people } = useClaims({ article, actor, store, ledger, live, setArticle, readMarks });

  useEffect(() => shown.follow(), [shown]);
  useEffect(() => shown.setFilter(filterFrom(new URLSearchParams(location.search))), [shown]);
  useNewRatings(services, ratings);
  useHighlights(surface, shown, ratings);
  useOutline(surface, active);
  useDeepLink(services, surface, loading.state === "ready");
  useUndo(services);

  const marking = useMarking(surface, services);
  const places = usePlaces(surface, services);
  useHandFromAddress(services, surface !== null && loading.state === "ready", places.unread);
  const inLedger = useLedger(services, surface);
  useLedgerDrawing(surface, ledger, inLedger.isOpen);
  const commands = useCommands({ services, surface, ofClaim, marking, places, ledger: inLedger, onOpen: setDialog });
  const actions = usePaletteActions({ commands, services, ofClaim, places, onOpen: setDialog });
  const { keys } = usePreferences();
  useWorkspaceKeys({ commands, enabled: keys, inText: (target) => surface?.contains(target) ?? false });

  const pick: SurfaceOptions["onPick"] = (ids, at, by) => {
    const [first] = ids;
    if (ids.length === 1 && first !== undefined) setActiveClaim(first, { focus: by === "key" ? "panel" : null });
    else setPile({ ids, at });
  };
  const setTrashed = useTrash(services);
  const isNarrow = useMedia(narrow);
  const claims = { surface, ratings, loading, onReload: load };
  return (
    <WorkspaceProvider services={services}>
      <div className="min-h-dvh">
        <WorkspaceBar
          {...{ status, people }}
          ledger={inLedger}
          onOpen={setDialog}
          onTrash={() => void setTrashed(true)}
        />
        {article.trashedAt && <TrashBanner onRestore={() => setTrashed(false)} />}
        <div className="workspace-grid">
          <ArticleStrip {...{ surface, shown, ratings }} />
          <div className="flex justify-center pt-8 pb-24 max-sm:pt-5 max-[900px]:pb-[60dvh]">
            <div className="w-full max-w-[42.5rem] min-w-0">
              <HandBar actions={places} keys={keys} />
              <ArticleHead />
              <ArticleText inLedger={inLedger.isOpen} onReady={setSurface} onPick={pick}>
                {children}
              </ArticleText>
              {surface && inLedger.isOpen && (
                <LedgerBar
                  {...{ surface, reading, keys }}
                  commands={inLedger}
                  onReload={() => void readMarks().catch(() => {})}
                  onClaim={commands.mark}
                />
              )}
            </div>
          </div>
          {!isNarrow && <ClaimsColumn {...claims} />}
        </div>
        {isNarrow && <ClaimsOnPhone {...claims} hasBar={inLedger.isOpen} />}
        {surface && article.abilities.mark && !inLedger.isOpen && (
          <Marking {...{ surface, keys, places }} {...marking} />
        )}
        <PileMenu
          {...{ pile, ratings }}
          onClose={() => setPile(null)}
          onChoose={(id) => setActiveClaim(id, { focus: "panel" })}
        />
        <WorkspaceDialogs {...{ actions, ratings }} open={dialog} onOpen={setDialog} />
        <CommandsOfOpenClaim into={ofClaim} />
        <p ref={said} aria-live="polite" className="sr-only" />
      </div>
    </WorkspaceProvider>
  );
}

type ServiceOptions = {
  loaded: ArticleView;
  actor: WorkspaceServices["actor"];
  surface: ArticleSurface | null;
  live: React.RefObject<Live | null>;
  said: React.RefObject<HTMLElement | null>;
};

function useServices({ loaded, actor, surface, live, said }: ServiceOptions): WorkspaceServices {
  const router = useRouter();
  const [article, setArticle] = useState(loaded);
  const [{ store, shown, active, places, ledger }] = useState(() => {
    const claims = new ClaimStore(loaded.id);
    return {
      ...{ store: claims, shown: new ShownClaims(claims), active: new ActiveClaim(), places: new PlaceWork() },
      ledger: new Ledger(claims, { id: actor.id, name: actor.name }),
    };
  });
  // A newer text is another page: it comes with its own anchors.
  useEffect(() => {
    if (article.revision.id !== loaded.revision.id) router.refresh();
  }, [article.revision.id, loaded.revision.id, router]);

  return useMemo(() => {
    const startIn = (id: string) => {
      const claim = store.get(id);
      return claim ? startOf(claim) : null;
    };
    const setActiveClaim: WorkspaceServices["setActiveClaim"] = (id, { focus = null, scroll = false } = {}) => {
      shown.keep(id);
      active.set(id, focus);
      live.current?.setClaim(id);
      writeAddress((search) => (id ? search.set("claim", id) : search.delete("claim")));
      const start = id === null ? null : startIn(id);
      if (scroll && surface && start !== null) scrollToOffset(surface, start, "comfortable");
    };
    const showInText = (id: string, start = startIn(id)) => {
      if (!surface) return;
      // Its words are nowhere: back to the text all the same, where the caret was.
      if (start === null) return surface.focus();
      scrollToOffset(surface, start, "nearest");
      surface.select({ start, end: start }, { focus: true });
    };
    return {
      ...{ article, actor, surface, store, shown, active, places, ledger, setArticle, setActiveClaim, showInText },
      closeClaim() {
        const id = active.get();
        setActiveClaim(null);
        if (id) showInText(id);
      },
      announce(sentence) {
        const region = said.current;
        if (!region) return;
        // The same sentence twice is only read twice when the region was empty in between.
        region.textContent = "";
        setTimeout(() => {
          region.textContent = sentence;
        }, 60);
      },
    };
  }, [article, actor, store, shown, active, places, ledger, surface, live, said]);
}

/** Outlines the words of the open claim. */
function useOutline(surface: ArticleSurface | null, active: ActiveClaim): void {
  useEffect(() => {
    const outline = () => surface?.draw({ type: "activate", id: active.get() });
    outline();
    return active.subscribe(outline);
  }, [surface, active]);
}

/** The scale by id; the same map as long as nothing in it has changed, as all that is drawn of claims hangs on it. */
function useRatings(article: ArticleView): Ratings {
  const scale = JSON.stringify(article.ratings);
  return useMemo(
    () => new Map((JSON.parse(scale) as ArticleView["ratings"]).map((rating) => [rating.id, rating])),
    [scale],
  );
}

function useTrash({ article, setArticle }: WorkspaceServices): (trashed: boolean) => Promise<void> {
  const t = useTranslations("workspace.trash");
  const failure = useFailureWords();
  const params = { articleId: article.id };
  return async (trashed) => {
    try {
      if (trashed) await call(endpoints.trashArticle, { params, version: article.version });
      else await call(endpoints.restoreArticle, { params });
      setArticle(await call(endpoints.getArticle, { params }));
      if (!trashed) toast(t("restored"));
    } catch (error) {
      toast.error(failure(error));
    }
  };
}
