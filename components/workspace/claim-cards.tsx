"use client";
/**
 * Claims level with their text, as comments are in a document. Only the cards of blocks near the screen exist; which ones and
 * how large is said by `card-plan.ts`. Where they stand is measured once after each change and written as a transform, so
 * that scrolling costs nothing but what the browser does anyway.
 */
import { useTranslations } from "next-intl";
import { useDeferredValue, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { placeOf } from "@/lib/client/claim-store";
import { type ShownClaims, useShownIds } from "@/lib/client/shown-claims";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import { placeCards, planCards } from "./card-plan";
import { ClaimCard } from "./claim-card";
import type { Ratings } from "./claim-look";
import { OpenCard } from "./open-claim";
import { useActiveClaimId, useWorkspaceServices } from "./workspace-context";

type Props = {
  surface: ArticleSurface;
  ratings: Ratings;
  onMore: (ids: readonly string[]) => void;
};

/** A child of the document: the text from `start` to before `end`, its separator included. */
type Child = { start: number; end: number; characters: number };

type Item = { key: string; start: number } & (
  | { type: "card"; id: string; size: "full" | "line" }
  | { type: "more"; ids: readonly string[] }
);

/** CSS pixels above and below the screen in which cards are kept ready. */
const margin = 600;
/** The width of a character of the text, in CSS pixels, on average: only to guess how many lines a block has. */
const characterWidth = 8.7;

export function ClaimCards({ surface, ratings, onMore }: Props) {
  const t = useTranslations("workspace.cards");
  const { store, shown } = useWorkspaceServices();
  const ids = useShownIds(shown);
  // A panel is much to draw: the words are highlighted first.
  const activeId = useDeferredValue(useActiveClaimId());
  const column = useRef<HTMLOListElement>(null);
  const children = useMemo(() => childrenOf(surface), [surface]);
  // The text is there first when the screen jumps; its cards follow.
  const [first, last] = useDeferredValue(useNearBlocks(surface, children));
  const charactersPerLine = useCharactersPerLine(surface);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the ids is a change of what `shown` holds.
  const plan = useMemo(() => {
    const counts = countByChild(children, shown);
    return planCards(
      children.map(({ characters }, index) => ({ characters, claims: counts[index] ?? 0 })),
      charactersPerLine,
    );
  }, [children, charactersPerLine, shown, ids]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  const items = useMemo(() => {
    const near: Item[] = [];
    for (let index = first; index <= last; index += 1) {
      const child = children[index];
      const planned = plan[index];
      if (!child || !planned) continue;
      const claims = shown.between(child.start, child.end);
      const [top] = claims;
      if (!top) continue;
      const open = claims.findIndex((claim) => claim.id === activeId);
      claims.forEach((claim, at) => {
        // The open claim takes the last place when it has none of its own.
        const visible = open >= planned.shown ? at < planned.shown - 1 || at === open : at < planned.shown;
        if (visible)
          near.push({
            ...{ key: claim.id, type: "card", id: claim.id, size: planned.size },
            start: placeOf(claim)?.start ?? child.start,
          });
      });
      if (claims.length > planned.shown)
        near.push({
          ...{ key: `more-${index}`, type: "more" },
          ids: claims.map((claim) => claim.id),
          start: placeOf(claims[planned.shown - 1] ?? top)?.start ?? child.start,
        });
    }
    if (activeId !== null && !near.some((item) => item.type === "card" && item.id === activeId)) {
      const active = store.get(activeId);
      const start = active && placeOf(active)?.start;
      if (start !== undefined) {
        const item: Item = { key: activeId, type: "card", id: activeId, size: "full", start };
        const at = near.findIndex((other) => other.start > start);
        near.splice(at === -1 ? near.length : at, 0, item);
      }
    }
    return near;
  }, [first, last, children, plan, shown, store, ids, activeId]);

  useLayoutEffect(() => {
    const list = column.current;
    if (!list) return;
    const elements = [...list.children] as HTMLElement[];
    const place = () => {
      const top = list.getBoundingClientRect().top;
      const boxes = items.map((item, index) => ({
        at: surface.placeOf(item.start).top - top - 6,
        height: elements[index]?.offsetHeight ?? 0,
      }));
      const tops = placeCards(
        boxes,
        items.findIndex((item) => item.type === "card" && item.id === activeId),
      );
      tops.forEach((value, index) => {
        const element = elements[index];
        if (element) element.style.transform = `translateY(${Math.round(value)}px)`;
      });
      const end = Math.max(0, ...tops.map((value, index) => value + (boxes[index]?.height ?? 0)));
      list.style.minHeight = `${Math.ceil(end) + 24}px`;
    };
    place();
    const observer = new ResizeObserver(place);
    observer.observe(surface.element);
    for (const element of elements) observer.observe(element);
    return () => observer.disconnect();
  }, [items, activeId, surface]);

  return (
    <ol ref={column} aria-label={t("label")} className="relative grow">
      {items.map((item) => (
        <li key={item.key} className="claim-card">
          {item.type === "more" ? (
            <button
              type="button"
              onClick={() => onMore(item.ids)}
              className="flex h-9 w-full items-center rounded-lg border border-dashed border-line-2 px-3 text-sm text-ink-2 hover:border-edge hover:text-ink focus-visible:rounded-lg"
            >
              {t("more", { count: item.ids.length })}
            </button>
          ) : item.id === activeId ? (
            <OpenCard id={item.id} />
          ) : (
            <ClaimCard id={item.id} ratings={ratings} size={item.size} />
          )}
        </li>
      ))}
    </ol>
  );
}

function childrenOf(surface: ArticleSurface): Child[] {
  const children: Child[] = [];
  for (const block of surface.blocks) {
    const known = children[block.child];
    if (known) known.characters += block.length;
    else children[block.child] = { start: block.offset, end: Number.POSITIVE_INFINITY, characters: block.length };
  }
  // A list or a quote without text has no block of its own.
  for (let index = children.length - 1; index >= 0; index -= 1) {
    const end = children[index + 1]?.start ?? Number.POSITIVE_INFINITY;
    const child = children[index];
    if (child) child.end = end;
    else children[index] = { start: end, end, characters: 0 };
  }
  return children;
}

/** One walk over claims and blocks together; both are in the order of the text. */
function countByChild(children: readonly Child[], shown: ShownClaims): number[] {
  const counts = new Array<number>(children.length).fill(0);
  let index = 0;
  for (const claim of shown.all()) {
    const place = placeOf(claim);
    if (!place) break;
    while (index < children.length - 1 && place.start >= (children[index] as Child).end) index += 1;
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}

/** Characters of text from one block that is observed to the next: less than the margin is high. */
const reach = 900;
/** What the shortest block takes of it. */
const leastOfBlock = 100;

/** Some of the blocks, so near to one another that there is always one on or around the screen; first and last are among them. */
function postsOf(children: readonly Child[]): number[] {
  const posts: number[] = [];
  let since = reach;
  children.forEach(({ characters }, index) => {
    since += Math.max(characters, leastOfBlock);
    if (since < reach && index < children.length - 1) return;
    posts.push(index);
    since = 0;
  });
  return posts;
}

/** The blocks on and around the screen, as the first and the last of them. Few are observed: a browser looks at each in every frame. */
function useNearBlocks(surface: ArticleSurface, children: readonly Child[]): [number, number] {
  const [near, setNear] = useState<[number, number]>([0, -1]);
  useEffect(() => {
    const posts = postsOf(children);
    const places = new Map(posts.map((index, place) => [surface.element.children[index], place]));
    const visible = new Set<number>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const place = places.get(target);
          if (place === undefined) continue;
          if (isIntersecting) visible.add(place);
          else visible.delete(place);
        }
        if (visible.size === 0) return;
        const first = posts[Math.min(...visible) - 1] ?? 0;
        const last = posts[Math.max(...visible) + 1] ?? children.length - 1;
        setNear((now) => (now[0] === first && now[1] === last ? now : [first, last]));
      },
      { rootMargin: `${margin}px 0px` },
    );
    for (const block of places.keys()) if (block) observer.observe(block);
    return () => observer.disconnect();
  }, [surface, children]);
  return near;
}

function useCharactersPerLine(surface: ArticleSurface): number {
  const [count, setCount] = useState(68);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const width = entry?.contentRect.width ?? 0;
      if (width > 0) setCount(Math.max(20, Math.round(width / characterWidth)));
    });
    observer.observe(surface.element);
    return () => observer.disconnect();
  }, [surface]);
  return count;
}
