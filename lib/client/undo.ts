/**
 * The way back from what a person has just done, in the order of doing: what the toast and Ctrl/⌘ Z call. It lives in this tab
 * until it is closed. It never undoes a thing twice, and knows nothing of what the things are.
 */

export type Undoable = {
  id: number;
  /** What it was done to; null for what is of no claim. */
  claimId: string | null;
  /** In words for the person: "Verdict changed". */
  label: string;
  /** False when it could not be undone any more. */
  undo: () => unknown;
  /** The screen it was done on: the key undoes nothing that is out of sight. */
  place: string;
};

const most = 100;

export class UndoStack {
  private steps: readonly Undoable[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly undoneListeners = new Set<(step: Undoable, isDone: boolean) => void>();
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
    const isDone = step.undo() !== false;
    for (const listener of [...this.undoneListeners]) listener(step, isDone);
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

  /** Tells what was undone, or could not be: it may be out of sight. */
  onUndone(listener: (step: Undoable, isDone: boolean) => void): () => void {
    this.undoneListeners.add(listener);
    return () => this.undoneListeners.delete(listener);
  }

  private set(steps: readonly Undoable[]): void {
    this.steps = steps;
    for (const listener of [...this.listeners]) listener();
  }
}

/** Of this page. */
export const undoStack = new UndoStack();

const typesIn =
  "textarea, select, [contenteditable='true'], input:not([type='radio'], [type='checkbox'], [type='button'])";

/** Ctrl/⌘ Z outside text fields calls the way back of what was done last on this screen, until the function given back is called. */
export function listenForUndo(): () => void {
  const pressed = (event: KeyboardEvent) => {
    if (isUndoKey(event) && undoStack.undo({ place: location.pathname })) event.preventDefault();
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}

type Keys = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "isComposing">;

/** Ctrl/⌘ Z; on a keyboard without Latin letters, the key where it would be. */
export function isUndoStroke({ key, code, ctrlKey, metaKey, altKey, shiftKey, isComposing }: Keys): boolean {
  if (isComposing || altKey || shiftKey || !(ctrlKey || metaKey)) return false;
  return key.toLowerCase() === "z" || (code === "KeyZ" && !/^[\x20-\x7e]$/.test(key));
}

/** True for Ctrl/⌘ Z pressed where it does not mean the text that is being typed. */
function isUndoKey(event: KeyboardEvent): boolean {
  const { target, defaultPrevented } = event;
  return !defaultPrevented && isUndoStroke(event) && !(target instanceof Element && target.closest(typesIn));
}
