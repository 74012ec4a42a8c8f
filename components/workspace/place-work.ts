/** What a person is about to do to the places of a claim, between two steps of it. Of this screen alone; nothing of it is kept. */

/** A place that is being given words: one of the claim's anchors, or one more. */
export type Hand = {
  claimId: string;
  anchorId: string | null;
  /** What it is known by. */
  words: string;
};

type State = {
  hand: Hand | null;
  /** The claim for which another article is looked for. */
  elsewhere: string | null;
};

export class PlaceWork {
  private current: State = { hand: null, elsewhere: null };
  private readonly listeners = new Set<() => void>();

  readonly get = (): State => this.current;

  set(change: Partial<State>): void {
    this.current = { ...this.current, ...change };
    for (const listener of [...this.listeners]) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
