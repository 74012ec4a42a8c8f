/**
 * Notices when the field that a person types in is taken from under their hands: by a colleague's change that replaces it, or
 * by something that takes the focus. The rest of their word must then not act as commands. It only watches; it moves nothing.
 */
export class TypingWatch<Target> {
  private field: Target | null = null;
  private isLeaving = false;
  private taken = false;

  /** Something has the focus now; `types` says whether it is a field. */
  focused(target: Target, types: boolean): void {
    this.taken = !types && this.field !== null && !this.isLeaving;
    this.field = types ? target : null;
    this.isLeaving = false;
  }

  /** A key came into a field, or elsewhere (null). A deed is one after which the focus may go: Tab, Enter, Escape, a shortcut. */
  pressed(field: Target | null, isDeed: boolean): void {
    if (field !== null) {
      this.field = field;
      this.isLeaving = isDeed;
      this.taken = false;
    } else if (isDeed) this.settle();
  }

  /** The person pointed at something. */
  pointed(): void {
    this.settle();
  }

  /** Whether a key that arrives while `active` has the focus was meant for a field that is not there any more. */
  isStray(active: Target | null): boolean {
    if (this.field !== null && this.field !== active) {
      this.taken = !this.isLeaving;
      this.field = null;
    }
    return this.taken;
  }

  private settle(): void {
    this.field = null;
    this.isLeaving = false;
    this.taken = false;
  }
}
