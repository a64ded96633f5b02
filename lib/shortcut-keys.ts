/** What of a keyboard event matters to a shortcut. */
export type KeyPress = {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
};

/**
 * Names a key press as shortcuts do: "j", "?", "Enter", "shift+l", "mod+k" (⌘ or Ctrl).
 * Undefined for presses that no shortcut may take, such as Alt combinations and bare modifiers.
 */
export function chordOf(press: KeyPress): string | undefined {
  if (press.altKey || ["Shift", "Control", "Meta", "Alt", "Dead"].includes(press.key)) return undefined;
  const isLetter = /^[a-z]$/i.test(press.key);
  const key = isLetter ? press.key.toLowerCase() : press.key;
  if (press.ctrlKey || press.metaKey) return `mod+${key}`;
  // A sign such as "?" already says that Shift was held.
  return press.shiftKey && (isLetter || press.key.length > 1) ? `shift+${key}` : key;
}

/** A sequence such as "g t" must be typed within this. */
export const sequenceMs = 1_500;

/** What a press leads to: shortcuts to run, in order of registration, or the beginning of a sequence. */
export function matchShortcut(
  keys: readonly string[],
  pending: string | undefined,
  chord: string,
): { readonly run: readonly number[]; readonly pending: string | undefined } {
  const typed = pending === undefined ? chord : `${pending} ${chord}`;
  const run = keys.flatMap((one, i) => (one === typed ? [i] : []));
  if (run.length > 0) return { run, pending: undefined };
  if (keys.some((one) => one.startsWith(`${typed} `))) return { run: [], pending: typed };
  return pending === undefined ? { run: [], pending: undefined } : matchShortcut(keys, undefined, chord);
}

const labels: Record<string, string> = {
  shift: "⇧",
  Enter: "↵",
  Escape: "esc",
  ArrowDown: "↓",
  ArrowUp: "↑",
};

/** The keys of a shortcut as they are shown, one box each. */
export function keyLabels(keys: string, isApple: boolean): readonly string[] {
  return keys
    .split(" ")
    .flatMap((chord) => (chord.length > 1 ? chord.split("+") : [chord]))
    .map((key) =>
      key === "mod" ? (isApple ? "⌘" : "Ctrl") : (labels[key] ?? (key.length === 1 ? key.toUpperCase() : key)),
    );
}
