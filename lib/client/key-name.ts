/**
 * What a key is called, whatever the keyboard. A command's letter is the one that is printed on the key; where the layout has no
 * Latin letters (Cyrillic, Greek, Arabic, Hebrew …) it is the letter that stands there on a Latin one. It listens to nothing itself.
 */

/** What is read of a keyboard event. */
export type KeyPress = Pick<
  KeyboardEvent,
  "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "isComposing" | "keyCode"
>;

/** Old browsers say only by this number that an input method is at work. */
const composingKeyCode = 229;

const latin = /^[\p{Script=Latin}\p{ASCII}]$/u;
const letter = /^[a-z]$/i;

/** The character that a key has on a Latin keyboard; null for keys that no command is on. */
function byPlace({ code, shiftKey }: KeyPress): string | null {
  const [, place] = /^(?:Key|Digit)(.)$/.exec(code) ?? [];
  if (place) return place;
  return code === "Slash" ? (shiftKey ? "?" : "/") : null;
}

/**
 * The name of a key: a letter in lower case (in upper case with Shift, whatever Caps Lock says), another character as it is, or the
 * browser's name ("Escape"). Null while an input method composes.
 */
export function keyName(press: KeyPress): string | null {
  if (press.isComposing || press.keyCode === composingKeyCode) return null;
  const isCharacter = [...press.key].length === 1;
  const name = isCharacter && !latin.test(press.key) ? byPlace(press) : press.key;
  if (name === null || !letter.test(name)) return name;
  return press.shiftKey ? name.toUpperCase() : name.toLowerCase();
}

/** Whether the keyboard is one of Apple's, where ⌘ does what Ctrl does elsewhere. */
export const isApple = (): boolean => typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** How that key is called. Only in the browser: the server does not know whose keyboard it is. */
export const modKey = (): string => (isApple() ? "⌘" : "Ctrl");

/** With Ctrl, on Apple's keyboards ⌘, and nothing else. */
export function isWithMod(press: KeyPress, apple = isApple()): boolean {
  const [wanted, other] = apple ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey];
  return wanted && !other && !press.altKey && !press.shiftKey;
}

/** A key alone; Shift only where the character itself needs it. */
export const isPlain = (press: KeyPress): boolean => !press.ctrlKey && !press.metaKey && !press.altKey;
