"use client";
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
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

/** A text that this person chose for a topic, kept in the browser; null before a choice, and on the server. Null forgets it. */
export function useTopicPreference(
  name: "decode" | "decodeKey" | "columns",
  cluster: string,
  topic: string,
): readonly [string | null, (value: string | null) => void] {
  const key = `odradek.${name}.${cluster}/${topic}`;
  const value = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => null,
  );
  const choose = (next: string | null) => {
    try {
      if (next === null) localStorage.removeItem(key);
      else localStorage.setItem(key, next);
    } catch {
      // A browser that keeps nothing shows the usual.
    }
    for (const listener of listeners) listener();
  };
  return [value, choose];
}
