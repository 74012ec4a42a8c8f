/**
 * Writes changes into the address without a step in the history. The framework does a good deal of work at each change, and a
 * browser refuses all after a hundred within half a minute, so whoever holds a key down is written once the hand has rested.
 */

/** Milliseconds until the first writing, so that what the address tells of is drawn before it. */
const soon = 60;
/** Milliseconds between two writings. */
const rest = 400;
/** Milliseconds until the next try, when the browser has refused one. */
const afterRefusal = 5_000;

type Change = (search: URLSearchParams) => void;

export class AddressWriter {
  private readonly waiting: Change[] = [];
  private path = "";
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Soon when nothing was written just now. Later changes are laid over earlier ones. */
  write(change: Change): void {
    if (this.path !== location.pathname) this.waiting.length = 0;
    this.path = location.pathname;
    this.waiting.push(change);
    this.timer ??= setTimeout(() => this.put(), soon);
    // The framework takes a change of the address for a page to go to: one that came while a link is followed would call it off.
    addEventListener("click", this.writeNow, { capture: true });
  }

  private readonly writeNow = (): void => {
    clearTimeout(this.timer);
    this.put();
  };

  private put(): void {
    this.timer = undefined;
    // On another page by now: what was looked at on this one is none of its business.
    if (this.waiting.length === 0 || this.path !== location.pathname) {
      removeEventListener("click", this.writeNow, { capture: true });
      return;
    }
    const search = new URLSearchParams(location.search);
    for (const change of this.waiting) change(search);
    const query = search.size > 0 ? `?${search}` : "";
    let wait = rest;
    try {
      if (query !== location.search) history.replaceState(null, "", `${location.pathname}${query}`);
      this.waiting.length = 0;
    } catch {
      wait = afterRefusal;
    }
    this.timer = setTimeout(() => this.put(), wait);
  }
}
