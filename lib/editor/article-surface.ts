/**
 * The article of the workspace in a Tiptap editor, told in the words of the rest: offsets of the canonical text, ranges,
 * claims. Whoever uses it never sees a ProseMirror position. It draws what it is given and says what was selected and
 * clicked; it decides nothing, keeps no claim, and never changes the text.
 */
import { Editor, type JSONContent } from "@tiptap/core";
import { TextSelection, type Transaction } from "@tiptap/pm/state";
import type { TextRange } from "../domain/anchor";
import type { RichText } from "../domain/rich-text";
import { CanonicalText, type TextBlock } from "./canonical-text";
import {
  addHighlightAction,
  claimAttribute,
  claimHighlights,
  claimsAt,
  type HighlightAction,
} from "./claim-highlights";
import { linkAt } from "./link-at";
import { readOnly } from "./read-only";
import { articleExtensions } from "./schema";
import { addSentenceAction, type SentenceAction, sentenceMarks } from "./sentence-marks";

/** A place on the screen, in CSS pixels from the top left of the viewport. */
export type Place = { top: number; bottom: number; left: number; right: number };

export type SurfaceOptions = {
  element: HTMLElement;
  document: RichText;
  /** Its name for screen readers. */
  label: string;
  /** Clicked, or Enter at the caret: the claims there, the innermost first. Never called with none. */
  onPick: (ids: string[], at: Place, by: "pointer" | "key") => void;
};

export class ArticleSurface {
  private readonly editor: Editor;
  private readonly canonical: CanonicalText;
  private readonly ending = new AbortController();
  private selected: TextRange | null = null;
  /** The update that is being put together. */
  private gathering: Transaction | null = null;
  private readonly listeners = new Set<() => void>();
  private readonly caretListeners = new Set<() => void>();

  constructor({ element, document, label, onPick }: SurfaceOptions) {
    this.editor = new Editor({
      element,
      extensions: [readOnly, ...articleExtensions, sentenceMarks, claimHighlights],
      content: document as JSONContent,
      injectCSS: false,
      enableInputRules: false,
      enablePasteRules: false,
      enableCoreExtensions: false,
      editorProps: {
        attributes: {
          role: "textbox",
          "aria-readonly": "true",
          "aria-multiline": "true",
          "aria-label": label,
          // It takes the focus anyway; not every program that asks knows that of "plaintext-only".
          tabindex: "0",
          // No keyboard of a phone, and no help with what cannot be typed.
          inputmode: "none",
          spellcheck: "false",
          autocorrect: "off",
          autocapitalize: "off",
          "data-gramm": "false",
        },
        // Else ProseMirror would select the paragraph of a link that is followed.
        handleDOMEvents: { mousedown: (_, event) => isWithModifier(event) },
      },
      onSelectionUpdate: () => this.noteSelection(),
    });
    this.canonical = CanonicalText.of(this.editor.state.doc);
    const { dom } = this.editor.view;
    hideFromReact(dom);
    const { signal } = this.ending;
    dom.addEventListener("click", (event) => this.clicked(event, onPick), { signal });
    dom.addEventListener("keydown", (event) => this.keyed(event, onPick), { signal });
  }

  /**
   * The selection that an earlier key has made in the browser, of which it tells in its own time: a key that does something with it must
   * not come before that.
   */
  private catchUp(): void {
    this.editor.view.dom.ownerDocument.dispatchEvent(new Event("selectionchange"));
  }

  private clicked(event: MouseEvent, onPick: SurfaceOptions["onPick"]): void {
    if (isWithModifier(event)) {
      const at = this.editor.view.posAtCoords({ left: event.clientX, top: event.clientY });
      const isOnLink = event.target instanceof Element && event.target.closest("a") !== null;
      const href = at && isOnLink ? linkAt(this.editor.state, at.pos) : null;
      if (href) follow(event, href);
      return;
    }
    if (!this.editor.state.selection.empty) return;
    const ids = claimsOver(event.target);
    if (ids.length > 0) onPick(ids, pointPlace(event), "pointer");
  }

  private keyed(event: KeyboardEvent, onPick: SurfaceOptions["onPick"]): void {
    this.catchUp();
    if (event.key === "a" && isWithModifier(event) && !event.shiftKey && !event.altKey) {
      // As the browser would, but known at once: whatever is drawn before it tells of its selection sets that back.
      event.preventDefault();
      this.select({ start: 0, end: this.text.length }, { focus: false });
      return;
    }
    if (event.key !== "Enter" || event.altKey) return;
    const { head } = this.editor.state.selection;
    if (isWithModifier(event)) {
      const href = linkAt(this.editor.state, head);
      if (href) follow(event, href);
      return;
    }
    const ids = claimsAt(this.editor.state, head);
    if (ids.length > 0) onPick(ids, this.editor.view.coordsAtPos(head), "key");
  }

  get text(): string {
    return this.canonical.text;
  }

  get blocks(): readonly TextBlock[] {
    return this.canonical.blocks;
  }

  /** The element that holds the text; its children are the blocks of the document, in order. */
  get element(): HTMLElement {
    return this.editor.view.dom;
  }

  draw(action: HighlightAction): void {
    this.update((transaction) => void addHighlightAction(transaction, action));
  }

  drawSentences(action: SentenceAction): void {
    this.update((transaction) => void addSentenceAction(transaction, action));
  }

  /** What `work` draws and selects comes in one update: each sets the browser's selection anew, and has it lay out for that. */
  together(work: () => void): void {
    this.update(() => work());
  }

  private update(change: (transaction: Transaction) => void): void {
    const outer = this.gathering;
    const transaction = outer ?? this.editor.state.tr;
    this.gathering = transaction;
    try {
      change(transaction);
    } finally {
      this.gathering = outer;
      if (!outer) this.editor.view.dispatch(transaction);
    }
  }

  /** What is selected, as it is, or null when nothing is. The same object until the selection changes. */
  readonly selection = (): TextRange | null => this.selected;

  /** Calls back when the selection changes. */
  readonly subscribeToSelection = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Calls back when the caret, or an end of the selection, has moved. */
  readonly subscribeToCaret = (listener: () => void): (() => void) => {
    this.caretListeners.add(listener);
    return () => this.caretListeners.delete(listener);
  };

  private noteSelection(): void {
    this.noteRange();
    for (const listener of [...this.caretListeners]) listener();
  }

  private noteRange(): void {
    const { from, to, empty } = this.editor.state.selection;
    const range = empty ? null : this.canonical.rangeOf(from, to);
    const next = range && range.start < range.end ? range : null;
    if (next?.start === this.selected?.start && next?.end === this.selected?.end) return;
    this.selected = next;
    for (const listener of [...this.listeners]) listener();
  }

  /** Selects a range; an empty one puts the caret there. With `focus`, the keyboard goes on from it. */
  select(range: TextRange, { focus }: { focus: boolean }): void {
    const { from, to } = this.canonical.positionsOf(range);
    this.update((transaction) => void transaction.setSelection(TextSelection.create(transaction.doc, from, to)));
    if (focus && !this.editor.view.hasFocus()) this.editor.view.focus();
  }

  /** The offset of the caret, or of the moving end of what is selected. */
  caret(): number {
    return this.canonical.offsetAt(this.editor.state.selection.head, 1);
  }

  focus(): void {
    this.editor.view.focus();
  }

  hasFocus(): boolean {
    return this.editor.view.hasFocus();
  }

  /** Where an offset stands on the screen. */
  placeOf(offset: number, side: -1 | 1 = 1): Place {
    return this.editor.view.coordsAtPos(this.canonical.positionAt(offset, side), side);
  }

  /** The offset at a point of the screen; null outside of the text. */
  offsetAt(x: number, y: number): number | null {
    const hit = this.editor.view.posAtCoords({ left: x, top: y });
    return hit && this.canonical.offsetAt(hit.pos);
  }

  /** Whether an event came from the text: keys pressed there are not typing. */
  contains(target: EventTarget | null): boolean {
    return target instanceof Node && this.editor.view.dom.contains(target);
  }

  /** Whether it was destroyed: then nothing can be drawn on it. */
  isGone(): boolean {
    return this.editor.isDestroyed;
  }

  destroy(): void {
    this.ending.abort();
    this.editor.destroy();
  }
}

/**
 * Before each change that it makes anywhere, React notes the selection of a focused element whose `contentEditable` is "true", by
 * walking all of its nodes: in an article with thousands of claims that took longer than all the rest. "plaintext-only" selects and
 * moves the caret just the same. A browser that does not know it throws, and keeps "true".
 */
function hideFromReact(dom: HTMLElement): void {
  try {
    dom.contentEditable = "plaintext-only";
  } catch {
    // Slower there, and right.
  }
}

const isWithModifier = (event: MouseEvent | KeyboardEvent): boolean => event.ctrlKey || event.metaKey;

/** Opens a link of the article beside the workspace; the page that opens learns nothing of where it was opened from. */
function follow(event: Event, href: string): void {
  event.preventDefault();
  window.open(href, "_blank", "noopener,noreferrer");
}

function claimsOver(target: EventTarget | null): string[] {
  const ids: string[] = [];
  for (
    let element = target instanceof Element ? target.closest(`[${claimAttribute}]`) : null;
    element;
    element = element.parentElement?.closest(`[${claimAttribute}]`) ?? null
  ) {
    const id = element.getAttribute(claimAttribute);
    if (id && !ids.includes(id)) ids.push(id);
  }
  return ids;
}

const pointPlace = ({ clientX, clientY }: MouseEvent): Place => ({
  ...{ top: clientY, bottom: clientY, left: clientX, right: clientX },
});
