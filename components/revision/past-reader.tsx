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
    const number = asked && numberOf(root.querySelector<HTMLElement>(`[data-entry="${CSS.escape(asked)}"]`));
    if (number) goTo(root, number);
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

/** Claims go by their numbers within the page. */
const entryOf = (root: Element, number: string) => root.querySelector<HTMLElement>(`[data-number="${number}"]`);
const marksOf = (root: Element, number: string) =>
  root.querySelectorAll<HTMLElement>(`.article [${claimAttribute}="${number}"]`);
const numberOf = (entry: HTMLElement | null | undefined) => entry?.dataset.number;

/** From words of the text to the claim, from the claim to its words; every other link goes its own way. */
function follow(root: Element, event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = target.closest<HTMLAnchorElement>(".claim-number");
  if (!link && target.closest("a:not([data-in-text])")) return;
  const backTo = numberOf(target.closest("[data-in-text]")?.closest<HTMLElement>("[data-number]"));
  const number = target.closest(`.article [${claimAttribute}]`)?.getAttribute(claimAttribute);
  if (backTo) {
    event.preventDefault();
    activate(root, backTo);
    bring(marksOf(root, backTo)[0], "center");
  } else if (number && window.getSelection()?.isCollapsed !== false) {
    if (entryOf(root, number)) {
      event.preventDefault();
      show(root, number);
    } else if (!link) {
      // It is read whole on another page, to which its number leads.
      [...marksOf(root, number)].find((mark) => mark.matches(".claim-number"))?.click();
    }
  }
}

/** Opens the claim beside the text, which stays where it is. */
function show(root: Element, number: string): void {
  const entry = activate(root, number);
  entry?.focus({ preventScroll: true });
  bring(entry, "nearest");
}

/** Brings both onto the screen. */
function goTo(root: Element, number: string): void {
  const entry = activate(root, number);
  if (!entry) return;
  entry.focus({ preventScroll: true });
  if (matchMedia(besideText).matches) bring(marksOf(root, number)[0], "center");
  bring(entry, "nearest");
}

function activate(root: Element, number: string): HTMLElement | null {
  for (const element of root.querySelectorAll(".is-active")) element.classList.remove("is-active");
  const entry = entryOf(root, number);
  for (const element of [entry, ...marksOf(root, number)]) element?.classList.add("is-active");
  const claimId = entry?.dataset.entry;
  if (claimId) address.write((search) => search.set("claim", claimId));
  return entry;
}

function walk(root: Element, step: number): void {
  const entries = [...root.querySelectorAll<HTMLElement>("[data-number]")];
  const at = entries.findIndex((entry) => entry.classList.contains("is-active"));
  const next = numberOf(at < 0 ? entries.at(step > 0 ? 0 : -1) : entries[at + step]);
  if (next) goTo(root, next);
  else root.querySelector<HTMLElement>(`[data-further="${step > 0 ? "later" : "earlier"}"]`)?.click();
}

/** What has not been on the screen has a guessed height: aimed at once more when the browser has seen it. */
function bring(element: HTMLElement | null | undefined, block: ScrollLogicalPosition): void {
  const aim = () => element?.scrollIntoView({ block, behavior: "instant" });
  aim();
  requestAnimationFrame(aim);
}
