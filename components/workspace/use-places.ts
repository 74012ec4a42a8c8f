"use client";
/** The keys of places: attach, add, confirm, walk. What is selected in the text meets the claim that is open or in hand. */
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { usePlaceActions } from "@/components/claim/place-actions";
import { outboxOf } from "@/lib/client/outbox";
import { type TextRange, tidyRange } from "@/lib/domain/anchor";
import { standsIn } from "@/lib/domain/claim";
import { limits } from "@/lib/domain/limits";
import { isPlaced, isSure } from "@/lib/domain/revision";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import { writeAddress } from "./address";
import { scrollToOffset } from "./scroll-to";
import type { WorkspaceServices } from "./workspace-context";

export function usePlaces(surface: ArticleSurface | null, services: WorkspaceServices) {
  const t = useTranslations("places");
  const actions = usePlaceActions(services);
  /** The place that was gone to last, of the claim that is open. */
  const at = useRef<string | null>(null);
  return useMemo(() => {
    const { article, store, active, places, announce, setActiveClaim } = services;
    const { refuse } = actions;
    const selected = () => {
      const selection = surface?.selection();
      const range = surface && selection ? tidyRange(surface.text, selection) : null;
      if (!surface || !range || range.end - range.start > limits.anchorCharacters) return null;
      const exact = surface.text.slice(range.start, range.end);
      return { articleId: article.id, revisionId: article.revision.id, ...range, exact };
    };
    const stand = async (claimId: string, anchorId: string | null) => {
      const words = selected();
      if (!article.abilities.mark) return refuse("forbidden");
      if (!surface || !words) return refuse("select");
      if (!(await actions.stand(claimId, anchorId, words))) return false;
      places.set({ hand: null });
      surface.select({ start: words.end, end: words.end }, { focus: surface.hasFocus() });
      setActiveClaim(claimId);
      return true;
    };
    return {
      /** Gives the place in hand, or the one that the open claim has lost, the words that are selected. */
      attach(): void {
        const { hand } = places.get();
        const id = hand?.claimId ?? active.get();
        if (id === null) return void refuse("openFirst");
        const unsure = store.get(id)?.anchors.find(({ state }) => !isSure(state));
        if (!hand && !unsure) return void refuse("nothingToAttach");
        void stand(id, hand ? hand.anchorId : (unsure?.id ?? null));
      },
      also(): void {
        const id = active.get();
        if (id === null) return void refuse("openFirst");
        void stand(id, null);
      },
      confirm(): void {
        const id = active.get();
        if (id === null) return void refuse("openFirst");
        const altered = store.get(id)?.anchors.find(({ state }) => state === "altered");
        if (!altered || !surface) return void refuse("nothingToConfirm");
        const { start, end } = altered;
        const exact = surface.text.slice(start, end);
        const words = { articleId: article.id, revisionId: article.revision.id, start, end, exact };
        void actions.stand(id, altered.id, words);
      },
      walk(step: 1 | -1): void {
        const id = active.get();
        const claim = id === null ? undefined : store.get(id);
        if (!claim) return void refuse("openFirst");
        const here = claim.anchors.filter(({ state }) => isPlaced(state)).sort((a, b) => a.start - b.start);
        if (here.length === 0) {
          announce(t("noPlace"));
          return;
        }
        const from = here.findIndex((anchor) => anchor.id === at.current);
        const to = from === -1 ? (here.length > 1 && step === 1 ? 1 : 0) : from + step;
        const index = (to + here.length) % here.length;
        const anchor = here[index];
        if (!anchor || !surface) return;
        at.current = anchor.id;
        goTo(surface, anchor);
        const words = surface.text.slice(anchor.start, anchor.end).slice(0, 300);
        announce(t(here.length === 1 ? "onePlace" : "walked", { number: index + 1, count: here.length, words }));
      },
      /** False when nothing was in hand. */
      letGo(): boolean {
        if (!places.get().hand) return false;
        places.set({ hand: null });
        announce(t("hand.cancelled"));
        return true;
      },
      unread: () => void refuse("unread"),
      elsewhere(): void {
        const id = active.get();
        if (id === null) refuse("openFirst");
        else places.set({ elsewhere: id });
      },
    };
  }, [surface, services, actions, t]);
}

export type Places = ReturnType<typeof usePlaces>;

function goTo(surface: ArticleSurface, { start }: TextRange): void {
  scrollToOffset(surface, start, "comfortable");
  surface.select({ start, end: start }, { focus: surface.hasFocus() });
}

export function useHand({ places }: Pick<WorkspaceServices, "places">) {
  return useSyncExternalStore(places.subscribe, places.get, places.get).hand;
}

/** `?place=…` brings a claim of another article along, to be given words here. */
export function useHandFromAddress(services: WorkspaceServices, isReady: boolean, onUnread: () => void): void {
  const done = useRef(false);
  useEffect(() => {
    if (!isReady || done.current) return;
    done.current = true;
    const { actor, article, places, setActiveClaim } = services;
    const claimId = new URLSearchParams(location.search).get("place");
    if (!claimId) return;
    writeAddress((search) => search.delete("place"));
    const outbox = outboxOf(actor.id);
    void outbox.open(claimId).then(() => {
      const { view } = outbox.state(claimId);
      if (!view) return onUnread();
      if (standsIn(view, article.id)) setActiveClaim(claimId, { scroll: true });
      places.set({ hand: { claimId, anchorId: null, words: view.statement } });
    });
  }, [services, isReady, onUnread]);
}
