/**
 * The way back from what a person has just done, in the order of doing: what the toast and Ctrl/⌘ Z call. It lives in this tab
 * until it is closed. It never undoes a thing twice, and knows nothing of what the things are.
 */

export type Undoable = {
  id: number;
  claimId: string;
  /** In words for the person: "Verdict changed". */
  label: string;
  undo: () => void;
  /** The screen it was done on: the key undoes nothing that is out of sight. */
  place: string;
};

const most = 100;

export class UndoStack {
  private steps: readonly Undoable[] = [];
  private readonly listeners = new Set<() => void>();
  private lastId = 0;

  push(step: Omit<Undoable, "id">): number {
    this.lastId += 1;
    this.set([...this.steps, { ...step, id: this.lastId }].slice(-most));
    return this.lastId;
  }

  /** The last step of a place, or the one named, when it has not been undone already. */
  undo(which: { place: string } | { id: number }): Undoable | null {
    const step = this.steps.findLast((one) => ("id" in which ? one.id === which.id : one.place === which.place));
    if (!step) return null;
    this.set(this.steps.filter((other) => other !== step));
    step.undo();
    return step;
  }

  last(claimId: string): Undoable | null {
    return this.steps.findLast((step) => step.claimId === claimId) ?? null;
  }

  clear(): void {
    this.set([]);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private set(steps: readonly Undoable[]): void {
    this.steps = steps;
    for (const listener of [...this.listeners]) listener();
  }
}

/** Of this page. */
export const undoStack = new UndoStack();

const typesIn =
  "textarea, select, [contenteditable='true'], input:not([type='radio'], [type='checkbox'], [type='button'])";

let isListening = false;

/** Ctrl/⌘ Z outside text fields calls the way back of what was done last on this screen. */
export function listenForUndo(): void {
  if (isListening) return;
  isListening = true;
  document.addEventListener("keydown", (event) => {
    if (isUndoKey(event) && undoStack.undo({ place: location.pathname })) event.preventDefault();
  });
}

/** True for Ctrl/⌘ Z pressed where it does not mean the text that is being typed. */
export function isUndoKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return false;
  if (event.key.toLowerCase() !== "z") return false;
  return !(event.target instanceof Element && event.target.closest(typesIn));
}
