"use client";
/** Gives the focus back to just what had it before a dialog opened: a region or the text too, and not the first button inside. */
import { useRef } from "react";

const dialogs = "[role='dialog'], [role='alertdialog'], [data-base-ui-focus-guard]";

/** For the `finalFocus` of a dialog that is opened from outside; undefined while nobody says whether it is open. */
export function useReturnFocus(open: boolean | undefined): (() => boolean) | undefined {
  const wasOpen = useRef(false);
  const before = useRef<Element | null>(null);
  if (open !== undefined && open !== wasOpen.current) {
    wasOpen.current = open;
    if (open) before.current = document.activeElement;
  }
  const giveBack = useRef((): boolean => {
    const target = before.current;
    // A menu that opened the dialog is gone by now; the library knows whose menu it was.
    if (!(target instanceof HTMLElement) || target === document.body || !target.isConnected) return true;
    const atClosing = document.activeElement;
    // What closed the dialog has put the focus where the work goes on.
    if (atClosing && atClosing !== document.body && !atClosing.closest(dialogs)) return false;
    queueMicrotask(() => {
      // Or does so only now.
      const hasMoved = document.activeElement !== atClosing && document.activeElement !== document.body;
      if (!hasMoved) target.focus({ preventScroll: true });
    });
    return false;
  });
  return open === undefined ? undefined : giveBack.current;
}
