"use client";
/** The workspace of one article: its text, its claims level with it, and everything that is done to them. */
import "./workspace.css";
import { Highlighter, ListTree } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { toast } from "sonner";
import { type ClaimCommands, useClaimCommands } from "@/components/claim/claim-actions";
import { ClaimPanel } from "@/components/claim/claim-panel";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorNote } from "@/components/ui/error-note";
import { useFailureWords } from "@/components/ui/failure";
import { call } from "@/lib/client/call";
import { type ClaimFilter, filterFrom, isEverything, writeFilter } from "@/lib/client/claim-filter";
import { ClaimStore, placeOf } from "@/lib/client/claim-store";
import { Live, type LiveStatus } from "@/lib/client/live";
import { outboxOf } from "@/lib/client/outbox";
import { setPreference, usePreferences } from "@/lib/client/preferences";
import { ShownClaims, useClaimFilter, useShownIds } from "@/lib/client/shown-claims";
import { undoStack } from "@/lib/client/undo";
import type { ArticleView, Presence } from "@/lib/domain/article";
import { summaryOf } from "@/lib/domain/claim";
import { endpoints } from "@/lib/domain/endpoints";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import { ArticleHead } from "./article-head";
import { ArticleStrip } from "./article-strip";
import { ArticleText } from "./article-text";
import { ClaimCards } from "./claim-cards";
import { ClaimFilters, searchFieldId } from "./claim-filters";
import { ClaimList } from "./claim-list";
import { type Ratings, startOf } from "./claim-look";
import { ClaimSheet } from "./claim-sheet";
import type { PaletteAction } from "./command-palette";
import { type KeyCommands, useWorkspaceKeys } from "./key-map";
import { Marking } from "./marking";
import { type Pile, PileMenu } from "./pile-menu";
import { scrollToOffset } from "./scroll-to";
import { TrashBanner } from "./trash-banner";
import { useHighlights } from "./use-highlights";
import { provisionalClaim, useMarking } from "./use-marking";
import { narrow, useMedia } from "./use-media";
import { WorkspaceBar } from "./workspace-bar";
import {
  ActiveClaim,
  type PanelFocus,
  useActiveClaimId,
  useClaim,
  WorkspaceProvider,
  type WorkspaceServices,
} from "./workspace-context";

// What is opened now and then is fetched when it is.
const ArticleDetailsDialog = dynamic(async () => (await import("./article-details-dialog")).ArticleDetailsDialog);
const CommandPalette = dynamic(async () => (await import("./command-palette")).CommandPalette);
const KeyHelpDialog = dynamic(async () => (await import("./key-help-dialog")).KeyHelpDialog);
const SharingDialog = dynamic(async () => (await import("@/components/publication/sharing-dialog")).SharingDialog);

type Props = {
  article: ArticleView;
  actor: WorkspaceServices["actor"];
  /** The text, rendered on the server. */
  children: ReactNode;
};

type Open = "palette" | "help" | "details" | "share" | "claims" | null;
type Loading = { state: "loading" | "ready" } | { state: "failed"; error: unknown };

export function Workspace({ article: loaded, actor, children }: Props) {
  const router = useRouter();
  const [article, setArticle] = useState(loaded);
  const [{ store, shown, active }] = useState(() => {
    const claims = new ClaimStore(loaded.id);
    return { store: claims, shown: new ShownClaims(claims), active: new ActiveClaim() };
  });
  const [surface, setSurface] = useState<ArticleSurface | null>(null);
  const [panelFocus, setPanelFocus] = useState<PanelFocus>(null);
  const [said, setSaid] = useState("");
  const live = useRef<Live | null>(null);
  const { loading, load, status, people } = useClaims({ article, actor, store, live, setArticle });

  const announce = useCallback((sentence: string) => {
    // The same sentence twice is only read twice when the region was empty in between.
    setSaid("");
    setTimeout(() => setSaid(sentence), 60);
  }, []);

  const services = useMemo<WorkspaceServices>(() => {
    const showInText = (id: string, focus = true) => {
      const claim = store.get(id);
      const start = claim ? startOf(claim) : null;
      if (!surface || start === null) return;
      scrollToOffset(surface, start, "nearest");
      surface.select({ start, end: start }, { focus });
    };
    return {
      ...{ article, actor, store, active, announce, setArticle },
      showInText,
      setActiveClaim(id, { focus = null, scroll = false } = {}) {
        shown.keep(id);
        active.set(id);
        setPanelFocus(focus);
        live.current?.setClaim(id);
        writeAddress((search) => (id ? search.set("claim", id) : search.delete("claim")));
        const claim = id === null ? undefined : store.get(id);
        const start = claim ? startOf(claim) : null;
        if (scroll && surface && start !== null) scrollToOffset(surface, start, "comfortable");
      },
    };
  }, [article, actor, store, shown, active, surface, announce]);

  useEffect(() => shown.follow(), [shown]);
  useEffect(() => shown.setFilter(filterFrom(new URLSearchParams(location.search))), [shown]);
  useDeepLink({ services, surface, isLoaded: loading.state === "ready" });
  useEffect(() => {
    if (article.revision.id !== loaded.revision.id) router.refresh();
  }, [article.revision.id, loaded.revision.id, router]);

  return (
    <WorkspaceProvider services={services}>
      <Desk
        {...{ services, shown, surface, setSurface, panelFocus, loading, status, people, said }}
        onReload={load}
        text={children}
      />
    </WorkspaceProvider>
  );
}

/** Brings the claims in, keeps them up with what others do, and hands on what the outbox learns. */
function useClaims({
  article,
  actor,
  store,
  live,
  setArticle,
}: Pick<WorkspaceServices, "article" | "actor" | "store" | "setArticle"> & {
  live: React.RefObject<Live | null>;
}) {
  const [loading, setLoading] = useState<Loading>({ state: "loading" });
  const [status, setStatus] = useState<LiveStatus>("connecting");
  const [people, setPeople] = useState<Presence>([]);
  const articleId = article.id;
  const last = useRef<number | null>(null);

  const load = useCallback(async () => {
    try {
      const { claims, lastEvent } = await call(endpoints.listClaims, { params: { articleId } });
      last.current = lastEvent;
      store.set(claims);
      setLoading({ state: "ready" });
    } catch (error) {
      setLoading((now) => (now.state === "ready" ? now : { state: "failed", error }));
    }
  }, [articleId, store]);

  useEffect(() => void load(), [load]);

  const isReady = loading.state === "ready";
  const { id: revisionId } = article.revision;
  const { fourEyes } = article;
  useEffect(() => {
    const outbox = outboxOf(actor.id);
    const leave = outbox.onLearnt(({ view }) => store.apply(view));
    if (!isReady) return leave;
    // What was marked before a reload and has not been sent yet is there again.
    const restore = () => {
      const made = { articleId, actor, fourEyes };
      for (const view of outbox.unsentClaims(articleId, (body) => provisionalClaim(body, made)))
        if (view.revisionId === revisionId && !store.get(view.id)) store.applySummary(summaryOf(view));
    };
    restore();
    const stop = outbox.subscribe(restore);
    return () => {
      leave();
      stop();
    };
  }, [isReady, articleId, revisionId, fourEyes, actor, store]);

  useEffect(() => {
    if (!isReady) return;
    const stream = new Live({
      articleId,
      after: last.current ?? 0,
      actorId: actor.id,
      onClaim: (view) => store.apply(view),
      onGone: (claimId) => store.remove(claimId),
      onMany: () => void load(),
      onArticle: () =>
        void call(endpoints.getArticle, { params: { articleId } })
          .then(setArticle)
          .catch(() => {}),
      onPresence: setPeople,
      onStatus: setStatus,
      lastHeard: (claimId) => store.heardAt(claimId),
    });
    live.current = stream;
    return () => {
      stream.close();
      live.current = null;
    };
  }, [isReady, articleId, actor.id, store, load, live, setArticle]);

  return { loading, load, status, people };
}

/** `?claim=…` opens that claim, once there is a text to show it in. */
function useDeepLink({
  services,
  surface,
  isLoaded,
}: {
  services: WorkspaceServices;
  surface: ArticleSurface | null;
  isLoaded: boolean;
}): void {
  const t = useTranslations("workspace");
  const done = useRef(false);
  useEffect(() => {
    if (!surface || !isLoaded || done.current) return;
    done.current = true;
    const id = new URLSearchParams(location.search).get("claim");
    if (!id) return;
    if (services.store.get(id)) services.setActiveClaim(id, { scroll: true });
    else toast(t("claimGone"));
  }, [surface, isLoaded, services, t]);
}

/** The address says what is looked at, so that it can be sent to a colleague; it makes no history of its own. */
function writeAddress(change: (search: URLSearchParams) => void): void {
  const search = new URLSearchParams(location.search);
  change(search);
  const query = search.size > 0 ? `?${search}` : "";
  if (query !== location.search) history.replaceState(null, "", `${location.pathname}${query}`);
}

type DeskProps = {
  services: WorkspaceServices;
  shown: ShownClaims;
  surface: ArticleSurface | null;
  setSurface: (surface: ArticleSurface | null) => void;
  panelFocus: PanelFocus;
  loading: Loading;
  status: LiveStatus;
  people: Presence;
  said: string;
  onReload: () => Promise<void>;
  text: ReactNode;
};

function Desk({
  services,
  shown,
  surface,
  setSurface,
  panelFocus,
  loading,
  status,
  people,
  said,
  onReload,
  text,
}: DeskProps) {
  const t = useTranslations("workspace");
  const { article, store, setActiveClaim, setArticle } = services;
  const activeId = useActiveClaimId();
  const { list, keys } = usePreferences();
  const isNarrow = useMedia(narrow);
  const failure = useFailureWords();
  const [open, setOpen] = useState<Open>(null);
  const [ever, setEver] = useState<ReadonlySet<Open>>(new Set());
  if (open !== null && !ever.has(open)) setEver(new Set([...ever, open]));
  const dialog = (name: Open) => ({
    open: open === name,
    onOpenChange: (value: boolean) => setOpen(value ? name : null),
  });
  const [pile, setPile] = useState<Pile | null>(null);
  const commands = useRef<ClaimCommands | null>(null);
  const ratings = useRatings(article);
  const marking = useMarking(surface, services);
  useHighlights(surface, shown, ratings);
  useEffect(() => surface?.draw({ type: "activate", id: activeId }), [surface, activeId]);

  const pick = useCallback(
    (ids: string[], at: Pile["at"]) => {
      const [first] = ids;
      if (first === undefined) return;
      if (ids.length === 1) setActiveClaim(first);
      else setPile({ ids, at });
    },
    [setActiveClaim],
  );
  const close = useCallback(() => {
    const id = services.active.get();
    setActiveClaim(null);
    if (id) services.showInText(id);
  }, [services, setActiveClaim]);
  const setFilter = useCallback(
    (filter: ClaimFilter) => {
      shown.setFilter(filter);
      writeAddress((search) => writeFilter(filter, search));
    },
    [shown],
  );
  const setTrashed = async (trashed: boolean) => {
    const endpoint = trashed ? endpoints.trashArticle : endpoints.restoreArticle;
    try {
      await call(endpoint, { params: { articleId: article.id } });
      setArticle(await call(endpoints.getArticle, { params: { articleId: article.id } }));
      if (!trashed) toast(t("trash.restored"));
    } catch (error) {
      toast.error(failure(error));
    }
  };

  const keyCommands = useKeyCommands({
    ...{ services, shown, surface, commands, marking },
    onOpen: setOpen,
    onClose: close,
  });
  const inText = (target: EventTarget | null) => surface?.contains(target) ?? false;
  useWorkspaceKeys({ commands: keyCommands, enabled: keys, inText });
  const actions = usePaletteActions({ commands: keyCommands, services, onOpen: setOpen });

  const panel = (id: string) => (
    <div className="rounded-lg border border-focus bg-sheet p-3.5 shadow-[0_6px_22px_rgb(0_0_0/0.09)]">
      <ClaimPanel claimId={id} focus={panelFocus} onClose={close} />
    </div>
  );
  const isEmpty = loading.state === "ready" && store.all().length === 0;
  const claims = (
    <Claims
      {...{ shown, surface, ratings, loading, list: list || isNarrow }}
      panel={isNarrow ? () => null : panel}
      onReload={onReload}
    />
  );

  return (
    <div className="min-h-dvh">
      <WorkspaceBar
        {...{ status, people }}
        onShare={() => setOpen("share")}
        onDetails={() => setOpen("details")}
        onPalette={() => setOpen("palette")}
        onHelp={() => setOpen("help")}
        onTrash={() => void setTrashed(true)}
      />
      {article.trashedAt && <TrashBanner onRestore={() => setTrashed(false)} />}
      <div className="workspace-grid">
        <ArticleStrip {...{ surface, shown, ratings }} />
        <div className="flex justify-center pt-8 pb-24 max-sm:pt-5 max-[900px]:pb-[60dvh]">
          <div className="w-full max-w-[42.5rem] min-w-0">
            <ArticleHead />
            <ArticleText onReady={setSurface} onPick={pick}>
              {text}
            </ArticleText>
          </div>
        </div>
        {!isNarrow && (
          <aside
            aria-label={t("claims")}
            className={
              list
                ? "sticky top-13 flex h-[calc(100dvh-3.25rem)] flex-col gap-3 py-4 max-[900px]:hidden"
                : "flex flex-col gap-3 py-4 max-[900px]:hidden"
            }
          >
            <div className={list ? "" : "sticky top-13 z-10 -mx-1 bg-paper/95 px-1 py-2 backdrop-blur-xs"}>
              <ClaimFilters shown={shown} onChange={setFilter} />
            </div>
            {activeId !== null && loading.state === "ready" && (
              <WithoutPlace id={activeId} list={list}>
                {panel(activeId)}
              </WithoutPlace>
            )}
            {isEmpty ? <NoClaims canMark={article.abilities.mark} /> : claims}
          </aside>
        )}
      </div>
      {surface && article.abilities.mark && <Marking {...{ surface, keys }} {...marking} />}
      {isNarrow && activeId !== null && (
        <ClaimSheet label={t("openClaim")} onClose={close}>
          <ClaimPanel claimId={activeId} focus={panelFocus} onClose={close} />
        </ClaimSheet>
      )}
      {isNarrow && activeId === null && <ClaimsButton shown={shown} onClick={() => setOpen("claims")} />}
      <PileMenu
        {...{ pile, ratings }}
        onClose={() => setPile(null)}
        onChoose={(id) => setActiveClaim(id, { focus: "panel" })}
      />
      <Dialog
        title={t("claims")}
        size="md"
        open={open === "claims"}
        onOpenChange={(value) => setOpen(value ? "claims" : null)}
      >
        <div className="flex h-[76dvh] flex-col gap-3">
          <ClaimFilters shown={shown} onChange={setFilter} />
          {isEmpty ? (
            <NoClaims canMark={article.abilities.mark} />
          ) : (
            <PickedFrom onPicked={() => setOpen(null)}>{claims}</PickedFrom>
          )}
        </div>
      </Dialog>
      {ever.has("palette") && <CommandPalette {...{ actions, ratings }} {...dialog("palette")} />}
      {ever.has("help") && <KeyHelpDialog {...dialog("help")} />}
      {ever.has("details") && <ArticleDetailsDialog {...dialog("details")} />}
      {ever.has("share") && <SharingDialog articleId={article.id} {...dialog("share")} />}
      {activeId !== null && <CommandsOf key={activeId} claimId={activeId} commands={commands} />}
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </div>
  );
}

/** The scale by id; the same map as long as nothing in it has changed, as all that is drawn of claims hangs on it. */
function useRatings(article: ArticleView): Ratings {
  const scale = JSON.stringify(article.ratings);
  return useMemo(
    () => new Map((JSON.parse(scale) as ArticleView["ratings"]).map((rating) => [rating.id, rating])),
    [scale],
  );
}

type WithoutPlaceProps = { id: string; list: boolean; children: ReactNode };

/** The open claim when it stands nowhere beside the text: a colleague has just taken it away, or its words are gone. */
function WithoutPlace({ id, list, children }: WithoutPlaceProps) {
  const claim = useClaim(id);
  if (claim && (list || placeOf(claim) !== null)) return null;
  return <div className="sticky top-36 z-10">{children}</div>;
}

type ClaimsProps = {
  shown: ShownClaims;
  surface: ArticleSurface | null;
  ratings: Ratings;
  loading: Loading;
  list: boolean;
  panel: (id: string) => ReactNode;
  onReload: () => Promise<void>;
};

function Claims({ shown, surface, ratings, loading, list, panel, onReload }: ClaimsProps) {
  const t = useTranslations("workspace");
  const failure = useFailureWords();
  const filter = useClaimFilter(shown);
  const ids = useShownIds(shown);
  const [startAt, setStartAt] = useState<string | null>(null);
  if (loading.state === "failed")
    return (
      <ErrorNote
        title={t("claimsFailed")}
        action={
          <Button size="sm" onClick={() => void onReload()}>
            {t("tryAgain")}
          </Button>
        }
      >
        {failure(loading.error)}
      </ErrorNote>
    );
  if (loading.state === "loading") return null;
  if (ids.length === 0 && !isEverything(filter)) return <EmptyState title={t("nothingShown")} />;
  if (list) return <ClaimList {...{ shown, ratings, panel, startAt }} />;
  if (!surface) return null;
  const showAll = ([first]: readonly string[]) => {
    setStartAt(first ?? null);
    setPreference({ list: true });
  };
  return <ClaimCards {...{ surface, shown, ratings, panel }} onMore={showAll} />;
}

function NoClaims({ canMark }: { canMark: boolean }) {
  const t = useTranslations("workspace.empty");
  return (
    <EmptyState icon={Highlighter} title={t("title")}>
      {t(canMark ? "body" : "readOnly")}
    </EmptyState>
  );
}

/** On a phone: closes the list when a claim was chosen in it. */
function PickedFrom({ onPicked, children }: { onPicked: () => void; children: ReactNode }) {
  const activeId = useActiveClaimId();
  const before = useRef(activeId);
  useEffect(() => {
    if (activeId !== null && activeId !== before.current) onPicked();
    before.current = activeId;
  }, [activeId, onPicked]);
  return children;
}

function ClaimsButton({ shown, onClick }: { shown: ShownClaims; onClick: () => void }) {
  const t = useTranslations("workspace");
  const count = useShownIds(shown).length;
  return (
    <Button
      onClick={onClick}
      className="fixed end-4 bottom-[max(1rem,env(safe-area-inset-bottom))] z-20 rounded-full shadow-pop"
    >
      <ListTree aria-hidden />
      {t("claimCount", { count })}
    </Button>
  );
}

/** What the keys do to the open claim, kept where the key map finds it. */
function CommandsOf({ claimId, commands }: { claimId: string; commands: React.RefObject<ClaimCommands | null> }) {
  const own = useClaimCommands(claimId);
  useEffect(() => {
    commands.current = own;
    return () => {
      commands.current = null;
    };
  }, [own, commands]);
  return null;
}

type KeyOptions = {
  services: WorkspaceServices;
  shown: ShownClaims;
  surface: ArticleSurface | null;
  commands: React.RefObject<ClaimCommands | null>;
  marking: ReturnType<typeof useMarking>;
  onOpen: (open: Open) => void;
  onClose: () => void;
};

function useKeyCommands({ services, shown, surface, commands, marking, onOpen, onClose }: KeyOptions): KeyCommands {
  const t = useTranslations("workspace");
  const frame = useTranslations("frame");
  const { store, article, active, announce, setActiveClaim } = services;
  const walk = (step: 1 | -1) => {
    const from = surface?.caret() ?? 0;
    const id = shown.next(active.get(), step, from);
    const claim = id === null ? undefined : store.get(id);
    if (!claim) {
      announce(t(step === 1 ? "lastClaim" : "firstClaim"));
      return;
    }
    const inText = surface?.hasFocus() ?? false;
    setActiveClaim(claim.id, { scroll: true, focus: inText ? null : "panel" });
    const start = startOf(claim);
    if (inText && start !== null) surface?.select({ start, end: start }, { focus: true });
    announce(
      t("walked", {
        ...{
          number: shown.ids().indexOf(claim.id) + 1,
          count: shown.ids().length,
          statement: claim.statement.slice(0, 300),
        },
        verdict: article.ratings.find((rating) => rating.id === claim.ratingId)?.label ?? frame("noVerdict"),
        state: frame(`states.${claim.state}`),
      }),
    );
  };
  const withClaim = (work: (own: ClaimCommands) => void) => () => {
    if (commands.current) work(commands.current);
    else announce(t("openFirst"));
  };
  const verdict = (index: number) => withClaim((own) => own.setVerdict(index));
  return {
    next: () => walk(1),
    previous: () => walk(-1),
    mark: marking.mark,
    grow: marking.grow,
    verdict1: verdict(0),
    verdict2: verdict(1),
    verdict3: verdict(2),
    verdict4: verdict(3),
    verdict5: verdict(4),
    evidence: withClaim((own) => own.addEvidence()),
    rationale: withClaim((own) => own.focusRationale()),
    take: withClaim((own) => own.take()),
    submit: withClaim((own) => own.submit()),
    list: () => setPreference({ list: !document.querySelector("[data-claim-list]") }),
    search: () => document.getElementById(searchFieldId)?.focus(),
    help: () => onOpen("help"),
    palette: () => onOpen("palette"),
    undo: () => undoStack.undo({ place: location.pathname }) !== null,
    escape: () => {
      const selected = surface?.selection();
      if (surface && selected) {
        surface.select({ start: selected.end, end: selected.end }, { focus: true });
        return true;
      }
      if (active.get() === null) return false;
      onClose();
      return true;
    },
  };
}

function usePaletteActions({
  commands,
  services,
  onOpen,
}: {
  commands: KeyCommands;
  services: WorkspaceServices;
  onOpen: (open: Open) => void;
}): PaletteAction[] {
  const t = useTranslations("workspace.keys.commands");
  const bar = useTranslations("workspace.bar");
  const { article } = services;
  const verdicts = article.ratings
    .filter((rating) => !rating.retired)
    .slice(0, 5)
    .map((rating, index): PaletteAction => {
      const command = `verdict${index + 1}` as keyof KeyCommands;
      return {
        id: command,
        label: `${rating.symbol} ${rating.label}`,
        shortcut: String(index + 1),
        run: () => void commands[command](),
      };
    });
  const one = (
    id: "mark" | "grow" | "next" | "previous" | "evidence" | "rationale" | "take" | "submit" | "list" | "search",
    shortcut: string,
  ) => ({ id, label: t(id), shortcut, run: commands[id] }) satisfies PaletteAction;
  return [
    one("mark", "h"),
    one("grow", "g"),
    one("next", "j"),
    one("previous", "k"),
    ...verdicts,
    one("evidence", "e"),
    one("rationale", "r"),
    one("take", "a"),
    one("submit", "s"),
    one("list", "l"),
    one("search", "/"),
    ...(article.abilities.share ? [{ id: "share", label: bar("share"), run: () => onOpen("share") }] : []),
    { id: "details", label: bar("details"), run: () => onOpen("details") },
    { id: "help", label: bar("help"), shortcut: "?", run: () => onOpen("help") },
  ];
}
