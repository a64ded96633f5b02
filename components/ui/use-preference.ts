"use client";
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Another tab may have chosen.
  addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", listener);
  };
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // A browser that keeps nothing shows the usual.
  }
  for (const listener of listeners) listener();
}

/** One of a few words that this person chose, kept in the browser, and its setter. The first word is what holds before a choice, and on the server. */
export function usePreference<Value extends string>(
  key: string,
  words: readonly [Value, ...Value[]],
): readonly [Value, (value: Value) => void] {
  const [usual] = words;
  const value = useSyncExternalStore(
    subscribe,
    () => words.find((word) => word === read(key)) ?? usual,
    () => usual,
  );
  return [value, (next) => write(key, next)];
}

/** Words of this person's own choice, kept in the browser, and their setter; none before a choice, and on the server. They must have no comma. */
export function useWords(key: string): readonly [readonly string[], (words: readonly string[]) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => read(key) ?? "",
    () => "",
  );
  return [text === "" ? [] : text.split(","), (words) => write(key, words.join(","))];
}

/** A text that this person chose, kept in the browser, and its setter; null before a choice, and on the server. Null forgets it. */
export function useChosenText(key: string): readonly [string | null, (text: string | null) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => null,
  );
  return [text, (next) => write(key, next)];
}
