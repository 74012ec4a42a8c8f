/**
 * Finished bytes kept in memory up to a limit, what was asked for longest ago going first; only for what never changes under its
 * key. Of many who ask for the same at once one fetches it and the others wait for that.
 */
import "server-only";

export class KeptBytes<T> {
  private readonly kept = new Map<string, T>();
  private readonly coming = new Map<string, Promise<T>>();
  private bytes = 0;

  constructor(
    private readonly mostBytes: number,
    private readonly sizeOf: (value: T) => number,
  ) {}

  async get(key: string, load: () => Promise<T>): Promise<T> {
    const known = this.kept.get(key);
    if (known !== undefined) {
      // A Map keeps the order of insertion: what was asked for last goes last.
      this.kept.delete(key);
      this.kept.set(key, known);
      return known;
    }
    let value = this.coming.get(key);
    if (!value) {
      value = load()
        .then((loaded) => this.keep(key, loaded))
        .finally(() => this.coming.delete(key));
      this.coming.set(key, value);
    }
    return value;
  }

  private keep(key: string, value: T): T {
    this.kept.set(key, value);
    this.bytes += this.sizeOf(value);
    for (const [oldest, old] of this.kept) {
      if (this.bytes <= this.mostBytes || oldest === key) break;
      this.kept.delete(oldest);
      this.bytes -= this.sizeOf(old);
    }
    return value;
  }
}
