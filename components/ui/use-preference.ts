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
  const choose = (next: Value) => {
    try {
      localStorage.setItem(key, next);
    } catch {
      // A browser that keeps nothing shows the usual.
    }
    for (const listener of listeners) listener();
  };
  return [value, choose];
}
