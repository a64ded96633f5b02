"use client";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useId,
  useState,
  useSyncExternalStore,
} from "react";
import { chordOf, keyLabels, matchShortcut, sequenceMs } from "@/lib/shortcut-keys";

/** Something that a key does. */
export type Shortcut = {
  /** "j", "shift+l", "mod+k", "g t". */
  readonly keys: string;
  readonly label: string;
  /** Its heading in the list of shortcuts. */
  readonly group: string;
  /** The palette offers it as a command. */
  readonly command?: boolean;
};

type Registered = { readonly shortcut: Shortcut; readonly run: () => void };

class ShortcutRegistry {
  readonly #entries = new Map<string, Registered>();
  #pending: { keys: string; atMs: number } | undefined;

  /** A key of the same name registered later is the one that runs. */
  register(id: string, entry: Registered): () => void {
    this.#entries.set(id, entry);
    return () => {
      if (this.#entries.get(id) === entry) this.#entries.delete(id);
    };
  }

  get all(): readonly Registered[] {
    return [...this.#entries.values()];
  }

  handle(event: KeyboardEvent): void {
    const chord = chordOf(event);
    if (chord === undefined || event.defaultPrevented || event.isComposing) return;
    if (!chord.startsWith("mod+") && isBusy(event.target, chord)) return;
    const pending = this.#pending && event.timeStamp - this.#pending.atMs < sequenceMs ? this.#pending.keys : undefined;
    const entries = this.all;
    const match = matchShortcut(
      entries.map((entry) => entry.shortcut.keys),
      pending,
      chord,
    );
    this.#pending = match.pending === undefined ? undefined : { keys: match.pending, atMs: event.timeStamp };
    const last = match.run.at(-1);
    const chosen = last === undefined ? undefined : entries[last];
    if (chosen === undefined) return;
    event.preventDefault();
    chosen.run();
  }
}

/** Keys belong to the one who types, and to an open dialog or menu. Enter and Space on a control are the control's. */
function isBusy(target: EventTarget | null, chord: string): boolean {
  if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]')) return true;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("input, textarea, select")) return true;
  return chord === "Enter" && target.matches("a, button");
}

const RegistryContext = createContext<ShortcutRegistry | undefined>(undefined);

/** Listens to the keyboard for all shortcuts below. */
export function ShortcutProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(() => new ShortcutRegistry());
  useEffect(() => {
    const listener = (event: KeyboardEvent) => registry.handle(event);
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, [registry]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

/** Binds a key for as long as the component is shown and `enabled`. */
export function useShortcut(shortcut: Shortcut, run: () => void, enabled = true): void {
  const registry = useContext(RegistryContext);
  const id = useId();
  const onRun = useEffectEvent(run);
  const { keys, label, group, command = false } = shortcut;
  useEffect(() => {
    if (!enabled) return undefined;
    return registry?.register(id, { shortcut: { keys, label, group, command }, run: () => onRun() });
  }, [registry, id, keys, label, group, command, enabled]);
}

/** All shortcuts that work now, for the list and the palette; read when one of them opens. */
export function useShortcutList(): () => readonly Registered[] {
  const registry = useContext(RegistryContext);
  return () => registry?.all ?? [];
}

const never = () => () => {};

/** Writes a shortcut's keys as this computer's keyboard has them. */
export function useKeyLabels(): (keys: string) => readonly string[] {
  const isApple = useSyncExternalStore(
    never,
    () => /Mac|iPhone|iPad/.test(navigator.userAgent),
    () => false,
  );
  return (keys) => keyLabels(keys, isApple);
}
