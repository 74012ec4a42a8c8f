"use client";
/** The keys of the workspace: one table, from which the listener and the list of keys are both made. */
import { useEffect, useRef } from "react";
import { isPlain, isWithMod, keyName } from "@/lib/client/key-name";
import { TypingWatch } from "./typing-watch";

/** The keys of the ledger; Shift with `next` goes back. */
export const ledgerKeys = {
  toggle: "m",
  next: "n",
  opinion: "o",
  transition: "t",
  no_fact: "x",
  clear: "u",
} as const;

/** Each command with its key, in the order of the help. Those of one character can be switched off. */
export const workspaceKeys = {
  next: ["j"],
  previous: ["k"],
  mark: ["h"],
  grow: ["g"],
  verdict1: ["1"],
  verdict2: ["2"],
  verdict3: ["3"],
  verdict4: ["4"],
  verdict5: ["5"],
  evidence: ["e"],
  rationale: ["r"],
  wording: ["i"],
  take: ["a"],
  submit: ["s"],
  attach: ["w"],
  also: ["p"],
  confirm: ["c"],
  nextPlace: ["."],
  previousPlace: [","],
  list: ["l"],
  ledger: [ledgerKeys.toggle],
  nextUnaccounted: [ledgerKeys.next],
  previousUnaccounted: [ledgerKeys.next.toUpperCase()],
  opinion: [ledgerKeys.opinion],
  transition: [ledgerKeys.transition],
  noFact: [ledgerKeys.no_fact],
  clearMark: [ledgerKeys.clear],
  search: ["/"],
  help: ["?"],
} as const;
export type KeyCommand = keyof typeof workspaceKeys;
export type KeyCommands = Record<KeyCommand, () => void> & {
  palette: () => void;
  undo: () => boolean;
  escape: () => boolean;
  /** Something is typed: what would have taken the focus later leaves it there. */
  typing: () => void;
};

const typesIn =
  "textarea, select, [contenteditable]:not([contenteditable='false']), input:not([type='radio'], [type='checkbox'], [type='button'])";
/** What lies over the workspace while it is open. */
// One that is closing takes no key any more.
const dialogs = ":is([role='dialog'], [role='alertdialog']):not([data-closed])";
/** What keeps its keys to itself while it is open. */
const opened = `${dialogs}, [role='menu'], [role='listbox']`;

/** Commands that go on while their key is held. */
const walks: ReadonlySet<string> = new Set([
  ...["next", "previous", "nextPlace", "previousPlace", "nextUnaccounted", "previousUnaccounted"],
]);

/** Keys after which a person expects the focus somewhere else. */
const leaves = new Set(["Tab", "Enter", "Escape"]);
const modifiers = new Set(["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock"]);

type Options = {
  commands: KeyCommands;
  /** Whether single keys act. */
  enabled: boolean;
  /** The text takes no typing. */
  inText: (target: EventTarget | null) => boolean;
};

const commandsByKey = new Map<string, KeyCommand>(
  Object.entries(workspaceKeys).flatMap(([command, keys]) => keys.map((key) => [key, command as KeyCommand])),
);

export function useWorkspaceKeys(options: Options): void {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    const watch = new TypingWatch<Element>();
    const fieldOf = (target: EventTarget | null) =>
      target instanceof Element && !latest.current.inText(target) ? target.closest(typesIn) : null;

    const withMod = (event: KeyboardEvent, name: string) => {
      const { commands, inText } = latest.current;
      // In the text nothing is typed, so it is the last step that is undone; elsewhere the panel's own listener decides.
      if (name === "z" && inText(event.target) && commands.undo()) event.preventDefault();
      // In a rationale Ctrl K makes a link, which the rationale has taken by now.
      if (name !== "k") return;
      event.preventDefault();
      // What is open stays open: its form may hold what was typed.
      if (!document.querySelector(dialogs)) commands.palette();
    };
    /** Before anything acts on the key and moves the focus. */
    let isStray = false;
    const watched = (event: KeyboardEvent) => {
      const name = keyName(event);
      const field = fieldOf(event.target);
      const isDeed = name !== null && !modifiers.has(name) && (leaves.has(name) || !isPlain(event));
      isStray = !isDeed && watch.isStray(document.activeElement);
      watch.pressed(field, isDeed);
      if (field && !isDeed) latest.current.commands.typing();
    };
    const pressed = (event: KeyboardEvent) => {
      const { commands, enabled } = latest.current;
      const { target } = event;
      const name = keyName(event);
      if (event.defaultPrevented || name === null || isStray) return;
      if (isWithMod(event)) return withMod(event, name);
      if (target instanceof Element && target.closest(opened)) return;
      if (name === "Escape") {
        if (commands.escape()) event.preventDefault();
        return;
      }
      const command = commandsByKey.get(name);
      const isRepeat = event.repeat && !walks.has(command ?? "");
      if (!command || !enabled || !isPlain(event) || isRepeat || fieldOf(target)) return;
      event.preventDefault();
      commands[command]();
    };
    addEventListener("keydown", watched, { signal, capture: true });
    addEventListener("keydown", pressed, { signal });
    addEventListener("focusin", ({ target }) => watch.focused(target as Element, fieldOf(target) !== null), { signal });
    addEventListener("pointerdown", () => watch.pointed(), { signal, capture: true });
    // Assistive technology presses without pointing.
    addEventListener("click", () => watch.pointed(), { signal, capture: true });
    return () => ending.abort();
  }, []);
}
