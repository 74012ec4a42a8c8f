import { describe, expect, it } from "vitest";
import { TypingWatch } from "./typing-watch";

const types = (watch: TypingWatch<string>, field = "statement") => {
  watch.focused(field, true);
  watch.pressed(field, false);
};

describe("letters that are typed", () => {
  it("are stray when the field vanishes, until the person points or goes somewhere", () => {
    const watch = new TypingWatch<string>();
    types(watch);
    expect(watch.isStray("statement")).toBe(false);
    expect([watch.isStray("body"), watch.isStray("body")]).toEqual([true, true]);
    watch.pointed();
    expect(watch.isStray("body")).toBe(false);

    types(watch);
    expect(watch.isStray("body")).toBe(true);
    watch.focused("card", false);
    expect(watch.isStray("card")).toBe(false);
  });

  it("are stray when something takes the focus", () => {
    const watch = new TypingWatch<string>();
    types(watch);
    watch.focused("panel", false);
    expect(watch.isStray("panel")).toBe(true);
    watch.pressed(null, true);
    expect(watch.isStray("panel")).toBe(false);
  });

  it("are commands again where the person left the field by a key or by pointing", () => {
    const watch = new TypingWatch<string>();
    types(watch);
    watch.pressed("statement", true); // Escape, Tab, Enter, a shortcut
    watch.focused("panel", false);
    expect(watch.isStray("panel")).toBe(false);

    types(watch);
    watch.pressed("statement", true);
    expect(watch.isStray("body")).toBe(false);

    types(watch);
    watch.pointed();
    watch.focused("body", false);
    expect(watch.isStray("body")).toBe(false);
  });

  it("are watched on after a click into the same field", () => {
    const watch = new TypingWatch<string>();
    types(watch);
    watch.pointed();
    watch.pressed("statement", false);
    expect(watch.isStray("body")).toBe(true);
  });

  it("go from field to field", () => {
    const watch = new TypingWatch<string>();
    types(watch);
    types(watch, "rationale");
    expect(watch.isStray("rationale")).toBe(false);
    expect(watch.isStray("body")).toBe(true);
  });
});
