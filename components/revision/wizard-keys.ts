"use client";
/** The keys of the screen on which claims are brought to a new text. Never while something is typed or a dialog is open. */
import { useEffect, useRef } from "react";
import { isPlain, keyName } from "@/lib/client/key-name";

export type WizardCommands = {
  next: () => void;
  previous: () => void;
  nextUndecided: () => void;
  confirm: () => void;
  /** By its number, from 1. */
  take: (candidate: number) => void;
  choose: () => void;
  setAside: () => void;
  takeBack: () => void;
};

const commands: Record<string, Exclude<keyof WizardCommands, "take">> = {
  j: "next",
  k: "previous",
  n: "nextUndecided",
  c: "confirm",
  o: "choose",
  x: "setAside",
  u: "takeBack",
  Backspace: "takeBack",
};

const keepsItsKeys =
  "textarea, select, [contenteditable]:not([contenteditable='false']), input:not([type='radio'], [type='checkbox'], [type='button']), [role=dialog], [role=alertdialog], [role=menu], [role=listbox]";

export function useWizardKeys(current: WizardCommands, enabled: boolean): void {
  const latest = useRef(current);
  useEffect(() => {
    latest.current = current;
  });
  useEffect(() => {
    if (!enabled) return;
    const pressed = (event: KeyboardEvent) => {
      const name = keyName(event);
      const { target } = event;
      if (event.defaultPrevented || name === null || !isPlain(event)) return;
      if (target instanceof Element && target.closest(keepsItsKeys)) return;
      const command = commands[name];
      const candidate = /^[1-9]$/.test(name) ? Number(name) : 0;
      if (!command && candidate === 0) return;
      // A key that is held down walks, and decides once.
      if (event.repeat && command !== "next" && command !== "previous") return;
      event.preventDefault();
      if (command) latest.current[command]();
      else latest.current.take(candidate);
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [enabled]);
}
