import { describe, expect, test } from "vitest";
import { chordOf, keyLabels, matchShortcut } from "@/lib/shortcut-keys";

const press = (key: string, held: Partial<Record<"shiftKey" | "ctrlKey" | "metaKey" | "altKey", boolean>> = {}) =>
  chordOf({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held });

describe("a key press", () => {
  test.each([
    [press("j"), "j"],
    [press("L", { shiftKey: true }), "shift+l"],
    [press("?", { shiftKey: true }), "?"],
    [press("Enter", { shiftKey: true }), "shift+Enter"],
    [press("k", { metaKey: true }), "mod+k"],
    [press("K", { ctrlKey: true }), "mod+k"],
    [press("Shift", { shiftKey: true }), undefined],
    [press("j", { altKey: true }), undefined],
  ])("is named %#", (chord, expected) => expect(chord).toBe(expected));
});

describe("matching", () => {
  const keys = ["g t", "t", "g t", "j"];

  test("runs a single key", () =>
    expect(matchShortcut(keys, undefined, "j")).toEqual({ run: [3], pending: undefined }));

  test("waits for the rest of a sequence, then runs all that have it", () => {
    expect(matchShortcut(keys, undefined, "g")).toEqual({ run: [], pending: "g" });
    expect(matchShortcut(keys, "g", "t")).toEqual({ run: [0, 2], pending: undefined });
  });

  test("takes a key for itself when it does not go on with the sequence", () => {
    expect(matchShortcut(keys, "g", "j")).toEqual({ run: [3], pending: undefined });
    expect(matchShortcut(keys, "g", "x")).toEqual({ run: [], pending: undefined });
  });
});

test("keys are shown as people know them", () => {
  expect(keyLabels("mod+k", true)).toEqual(["⌘", "K"]);
  expect(keyLabels("mod+k", false)).toEqual(["Ctrl", "K"]);
  expect(keyLabels("g t", false)).toEqual(["G", "T"]);
  expect(keyLabels("shift+Enter", false)).toEqual(["⇧", "↵"]);
});
