import { describe, expect, it, vi } from "vitest";
import { isUndoStroke, UndoStack } from "./undo";

const step = (label: string, undo = vi.fn()) => ({ claimId: "claim", label, undo, place: "/articles/1" });

describe("the way back", () => {
  it("goes from the last thing done to the first, each once", () => {
    const stack = new UndoStack();
    const done: string[] = [];
    for (const label of ["one", "two"])
      stack.push(
        step(
          label,
          vi.fn(() => done.push(label)),
        ),
      );
    expect(stack.last("claim")?.label).toBe("two");
    for (let count = 0; count < 3; count += 1) stack.undo({ place: "/articles/1" });
    expect(done).toEqual(["two", "one"]);
    expect(stack.last("claim")).toBeNull();
  });

  it("can be taken from a toast out of turn, and then not by the key", () => {
    const stack = new UndoStack();
    const [one, two] = [vi.fn(), vi.fn()];
    const id = stack.push(step("one", one));
    stack.push(step("two", two));
    expect(stack.undo({ id })?.label).toBe("one");
    expect(stack.undo({ id })).toBeNull();
    stack.undo({ place: "/articles/1" });
    stack.undo({ place: "/articles/1" });
    expect([one, two].map((undo) => undo.mock.calls.length)).toEqual([1, 1]);
  });

  it("undoes nothing on another screen", () => {
    const stack = new UndoStack();
    const undo = vi.fn();
    stack.push(step("one", undo));
    expect(stack.undo({ place: "/articles/2" })).toBeNull();
    expect(undo).not.toHaveBeenCalled();
  });

  it("forgets what is long past, and tells whoever shows it", () => {
    const stack = new UndoStack();
    const told = vi.fn();
    stack.subscribe(told);
    const first = stack.push(step("first"));
    for (let count = 0; count < 100; count += 1) stack.push(step(`${count}`));
    expect(stack.undo({ id: first })).toBeNull();
    expect(told).toHaveBeenCalledTimes(101);
  });

  it("tells what was undone, and what could not be", () => {
    const stack = new UndoStack();
    const told = vi.fn();
    stack.onUndone(({ label }, isDone) => told(label, isDone));
    stack.push(step("one"));
    stack.push(
      step(
        "two",
        vi.fn(() => false),
      ),
    );
    for (let count = 0; count < 3; count += 1) stack.undo({ place: "/articles/1" });
    expect(told.mock.calls).toEqual([
      ["two", false],
      ["one", true],
    ]);
  });
});

describe("the key of undoing", () => {
  const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false };
  const z = { ...none, key: "z", code: "KeyZ", ctrlKey: true };

  it("is Ctrl or ⌘ Z, on a keyboard of any script", () => {
    expect(isUndoStroke(z)).toBe(true);
    expect(isUndoStroke({ ...z, ctrlKey: false, metaKey: true })).toBe(true);
    expect(isUndoStroke({ ...z, key: "я" })).toBe(true);
    expect(isUndoStroke({ ...z, code: "KeyW" })).toBe(true);
  });

  it("is nothing else", () => {
    for (const other of [{ shiftKey: true }, { altKey: true }, { ctrlKey: false }, { key: ";" }, { isComposing: true }])
      expect(isUndoStroke({ ...z, ...other })).toBe(false);
  });
});
