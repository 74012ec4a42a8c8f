"use client";
/** The keys of the workspace: one table, from which the listener and the list of keys are both made. */
import { useEffect, useRef } from "react";
import { tinykeys } from "tinykeys";

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
  take: ["a"],
  submit: ["s"],
  list: ["l"],
  search: ["/"],
  help: ["?"],
} as const;
export type KeyCommand = keyof typeof workspaceKeys;
export type KeyCommands = Record<KeyCommand, () => void> & {
  palette: () => void;
  undo: () => boolean;
  escape: () => boolean;
};

const typesIn =
  "textarea, select, [contenteditable]:not([contenteditable='false']), input:not([type='radio'], [type='checkbox'], [type='button'])";
/** What keeps its keys to itself while it is open. */
const opened = "[role='dialog'], [role='alertdialog'], [role='menu'], [role='listbox']";

/** True where a key is meant for what is being typed or for what is open, and not for the workspace. The text takes no typing. */
export function isTaken(event: KeyboardEvent, inText: (target: EventTarget | null) => boolean): boolean {
  if (event.defaultPrevented || event.isComposing) return true;
  if (inText(event.target)) return false;
  const { target } = event;
  return target instanceof Element && (target.closest(typesIn) !== null || target.closest(opened) !== null);
}

/** A single key without a modifier; Shift only where the character itself needs it. */
const isPlain = (event: KeyboardEvent) => !event.ctrlKey && !event.metaKey && !event.altKey;

type Options = {
  commands: KeyCommands;
  /** Whether single keys act. */
  enabled: boolean;
  inText: (target: EventTarget | null) => boolean;
};

export function useWorkspaceKeys(options: Options): void {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  useEffect(() => {
    const named = new Map<string, KeyCommand>(
      Object.entries(workspaceKeys).flatMap(([command, keys]) => keys.map((key) => [key, command as KeyCommand])),
    );
    const pressed = (event: KeyboardEvent) => {
      const { commands, enabled, inText } = latest.current;
      if (event.key === "Escape") {
        const isTheirs = event.target instanceof Element && event.target.closest(opened) !== null;
        if (!event.defaultPrevented && !event.isComposing && !isTheirs && commands.escape()) event.preventDefault();
        return;
      }
      const command = named.get(event.key);
      const isRepeat = event.repeat && command !== "next" && command !== "previous";
      if (!command || !enabled || !isPlain(event) || isRepeat || isTaken(event, inText)) return;
      event.preventDefault();
      commands[command]();
    };
    const leave = tinykeys(window, {
      // In the text nothing is typed, so it is the last step that is undone; elsewhere the panel's own listener decides.
      "$mod+z": (event) => {
        const { commands, inText } = latest.current;
        if (!event.defaultPrevented && inText(event.target) && commands.undo()) event.preventDefault();
      },
      "$mod+k": (event) => {
        // In a rationale it makes a link.
        if (event.defaultPrevented) return;
        event.preventDefault();
        latest.current.commands.palette();
      },
    });
    addEventListener("keydown", pressed);
    return () => {
      leave();
      removeEventListener("keydown", pressed);
    };
  }, []);
}
