/**
 * HTML made of strings, safe by construction: in an `html` template every value is escaped unless it is itself `Html`.
 * Must never offer a way to turn a plain string into `Html` other than escaping it, apart from `trusted` for our own constants.
 */

/** Markup that is known to be safe. Made by `html`, `escaped`, `joined` and `trusted`, and nowhere else. */
export class Html {
  readonly #markup: string;
  constructor(markup: string) {
    this.#markup = markup;
  }
  get markup(): string {
    return this.#markup;
  }
}

/** What may stand in a template. Nothing is drawn for null and false; a list is drawn one after the other. */
export type Part = Html | string | number | null | false | readonly Part[];

const special = /[&<>"]/g;
const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const entityOf = (character: string) => entities[character] ?? "";

/**
 * Inert both as text and within a double-quoted attribute, the only two places where a template may take a string
 * (WHATWG HTML, 13.2.5: neither state leaves on any other character).
 */
export const escapeHtml = (text: string): string => text.replace(special, entityOf);

/** The same for text alone, where a quotation mark needs no escape. */
export const escaped = (text: string): Html => new Html(text.replace(/[&<>]/g, entityOf));

function draw(part: Part): string {
  if (part instanceof Html) return part.markup;
  if (typeof part === "string") return escapeHtml(part);
  if (typeof part === "number") return String(part);
  if (part === null || part === false) return "";
  let all = "";
  for (const each of part) all += draw(each);
  return all;
}

/** The fixed parts of each template without the line ends and the indentation that they are written with. */
const folded = new WeakMap<TemplateStringsArray, readonly string[]>();

function fold(strings: TemplateStringsArray): readonly string[] {
  let parts = folded.get(strings);
  if (!parts) {
    parts = strings.map((part) => part.replace(/\n\s*/g, ""));
    folded.set(strings, parts);
  }
  return parts;
}

/**
 * A template of HTML. Attributes that take a string stand in double quotes; a line end with the blanks after it draws nothing.
 * @example html`<a href="${url}">${title}</a>`
 */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  const fixed = fold(strings);
  let markup = fixed[0] ?? "";
  for (let index = 0; index < parts.length; index++) markup += draw(parts[index] ?? null) + (fixed[index + 1] ?? "");
  return new Html(markup);
}

/** Pieces one after the other, with a separator between those that are not empty. */
export function joined(parts: readonly Part[], separator: Part = null): Html {
  const drawn = parts.map(draw).filter((each) => each !== "");
  return new Html(drawn.join(draw(separator)));
}

/** For constants of this program: a style sheet, a script. Never for anything that came from outside. */
export const trusted = (constant: string): Html => new Html(constant);

/**
 * A string of CSS that cannot end early, whatever it holds: everything but plain letters, digits and blanks becomes an
 * escape by number (CSS Syntax 3, 4.3.7), so that neither a quotation mark nor an end tag survives.
 */
export const cssString = (text: string): string =>
  `"${Array.from(text, (character) => (/[\p{L}\p{N} ]/u.test(character) ? character : `\\${(character.codePointAt(0) ?? 0).toString(16)} `)).join("")}"`;

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|\ud83a[\udc00-\udfff]|\ud802[\udc00-\udfff]/;

/** ` dir=auto` for text that holds right-to-left letters: it then finds its own direction among ours. */
export const direction = (text: string): Html => new Html(rightToLeft.test(text) ? " dir=auto" : "");
