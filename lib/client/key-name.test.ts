import { describe, expect, it } from "vitest";
import { isPlain, isWithMod, type KeyPress, keyName } from "./key-name";

const press = (key: string, code: string, rest: Partial<KeyPress> = {}): KeyPress => ({
  ...{ key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false, keyCode: 0 },
  ...rest,
});

describe("the name of a key", () => {
  it.each([
    ["Latin", "j", "KeyJ", "j"],
    ["Dvorak, where j stands elsewhere", "j", "KeyC", "j"],
    ["Dvorak, where another letter stands in its place", "h", "KeyJ", "h"],
    ["German", "ö", "Semicolon", "ö"],
    ["French, whose digits want Shift", "é", "Digit2", "é"],
    ["Cyrillic", "о", "KeyJ", "j"],
    ["Greek", "ξ", "KeyJ", "j"],
    ["Arabic", "ت", "KeyJ", "j"],
    ["Hebrew", "ח", "KeyJ", "j"],
    ["Japanese kana", "ま", "KeyJ", "j"],
    ["Arabic digits", "٢", "Digit2", "2"],
    ["Arabic slash", "ظ", "Slash", "/"],
    ["Cyrillic letter where no command is", "ж", "Semicolon", null],
    ["an emoji", "🙂", "", null],
    ["a key with a name", "Escape", "Escape", "Escape"],
    ["a dead key", "Dead", "BracketLeft", "Dead"],
  ])("is found on a keyboard: %s", (_, key, code, name) => {
    expect(keyName(press(key, code))).toBe(name);
  });

  it("does not hang on Caps Lock, and says Shift", () => {
    expect(keyName(press("J", "KeyJ"))).toBe("j");
    expect(keyName(press("J", "KeyJ", { shiftKey: true }))).toBe("J");
    expect(keyName(press("j", "KeyJ", { shiftKey: true }))).toBe("J");
    expect(keyName(press("О", "KeyJ"))).toBe("j");
    expect(keyName(press("О", "KeyJ", { shiftKey: true }))).toBe("J");
    expect(keyName(press("?", "Slash", { shiftKey: true }))).toBe("?");
    expect(keyName(press("؟", "Slash", { shiftKey: true }))).toBe("?");
  });

  it("is none while an input method composes", () => {
    expect(keyName(press("j", "KeyJ", { isComposing: true }))).toBeNull();
    expect(keyName(press("j", "KeyJ", { keyCode: 229 }))).toBeNull();
  });
});

describe("a modifier", () => {
  it("is Ctrl, on Apple's keyboards ⌘, and nothing beside it", () => {
    const [ctrl, command] = [press("л", "KeyK", { ctrlKey: true }), press("k", "KeyK", { metaKey: true })];
    expect([isWithMod(ctrl, false), isWithMod(command, false)]).toEqual([true, false]);
    expect([isWithMod(ctrl, true), isWithMod(command, true)]).toEqual([false, true]);
    expect(isWithMod({ ...ctrl, shiftKey: true }, false)).toBe(false);
    expect(isWithMod({ ...ctrl, altKey: true }, false)).toBe(false);
  });

  it("makes a key no plain one, but for Shift", () => {
    expect(isPlain(press("?", "Slash", { shiftKey: true }))).toBe(true);
    for (const modifier of ["ctrlKey", "metaKey", "altKey"])
      expect(isPlain(press("j", "KeyJ", { [modifier]: true }))).toBe(false);
  });
});
