"use client";
/**
 * What scripts add to a text that was replaced: from a highlight to its claim and back, by pointer and by keyboard, and the claim in
 * the address. The page itself is the server's, and complete without this.
 */
import { type ReactNode, useEffect, useRef } from "react";
import { AddressWriter } from "@/lib/client/address-writer";
import { isPlain, keyName } from "@/lib/client/key-name";
import { usePreferences } from "@/lib/client/preferences";
import { claimAttribute } from "@/lib/editor/claim-highlights";

const address = new AddressWriter();

/** Where claims stand beside the text, both can be on the screen. */
const besideText = "(width >= 64rem)";

export function PastReader({ children }: { children: ReactNode }) {
  const { keys, announceHighlights } = usePreferences();
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const root = place.current;
    if (!root) return;
    const leave = new AbortController();
    const { signal } = leave;
    root.addEventListener("click", (event) => follow(root, event), { signal });
    const asked = new URLSearchParams(location.search).get("claim");
    if (asked) goTo(root, asked);
    return () => leave.abort();
  }, []);

  useEffect(() => {
    const root = place.current;
    if (!root || !keys) return;
    const pressed = (event: KeyboardEvent) => {
      const step = { j: 1, k: -1 }[keyName(event) ?? ""];
      const target = event.target instanceof Element ? event.target : null;
      const isTaken = target?.closest("input, textarea, select, [contenteditable], [role=dialog], [role=menu]");
      if (!step || event.defaultPrevented || !isPlain(event) || isTaken) return;
      event.preventDefault();
      walk(root, step);
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [keys]);

  return (
    <div ref={place} className={announceHighlights ? "says-highlights" : ""}>
      {children}
    </div>
  );
}

const entryOf = (root: Element, claimId: string) =>
  root.querySelector<HTMLElement>(`[data-entry="${CSS.escape(claimId)}"]`);
const marksOf = (root: Element, claimId: string) =>
  root.querySelectorAll<HTMLElement>(`.article [${claimAttribute}="${CSS.escape(claimId)}"]`);

/** From words of the text to the claim, from the claim to its words; every other link goes its own way. */
function follow(root: Element, event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const number = target.closest<HTMLAnchorElement>(".claim-number");
  if (!number && target.closest("a:not([data-in-text])")) return;
  const backTo = target.closest("[data-in-text]")?.closest<HTMLElement>("[data-entry]")?.dataset.entry;
  const claimId = target.closest(`.article [${claimAttribute}]`)?.getAttribute(claimAttribute);
  if (backTo) {
    event.preventDefault();
    activate(root, backTo);
    bring(marksOf(root, backTo)[0], "center");
  } else if (claimId && window.getSelection()?.isCollapsed !== false) {
    if (entryOf(root, claimId)) {
      event.preventDefault();
      show(root, claimId);
    } else if (!number) {
      // It is read whole on another page, to which its number leads.
      [...marksOf(root, claimId)].find((mark) => mark.matches(".claim-number"))?.click();
    }
  }
}

/** Opens the claim beside the text, which stays where it is. */
function show(root: Element, claimId: string): void {
  const entry = activate(root, claimId);
  entry?.focus({ preventScroll: true });
  bring(entry, "nearest");
}

/** Brings both onto the screen. */
function goTo(root: Element, claimId: string): void {
  const entry = activate(root, claimId);
  if (!entry) return;
  entry.focus({ preventScroll: true });
  if (matchMedia(besideText).matches) bring(marksOf(root, claimId)[0], "center");
  bring(entry, "nearest");
}

function activate(root: Element, claimId: string): HTMLElement | null {
  for (const element of root.querySelectorAll(".is-active")) element.classList.remove("is-active");
  const entry = entryOf(root, claimId);
  for (const element of [entry, ...marksOf(root, claimId)]) element?.classList.add("is-active");
  address.write((search) => search.set("claim", claimId));
  return entry;
}

function walk(root: Element, step: number): void {
  const entries = [...root.querySelectorAll<HTMLElement>("[data-entry]")];
  const at = entries.findIndex((entry) => entry.classList.contains("is-active"));
  const next = at < 0 ? entries.at(step > 0 ? 0 : -1) : entries[at + step];
  if (next?.dataset.entry) goTo(root, next.dataset.entry);
  else root.querySelector<HTMLElement>(`[data-further="${step > 0 ? "later" : "earlier"}"]`)?.click();
}

/** What has not been on the screen has a guessed height: aimed at once more when the browser has seen it. */
function bring(element: HTMLElement | null | undefined, block: ScrollLogicalPosition): void {
  const aim = () => element?.scrollIntoView({ block, behavior: "instant" });
  aim();
  requestAnimationFrame(aim);
}
