"use client";
import { useSyncExternalStore } from "react";
import type { Zone } from "@/lib/instant";

const storageKey = "odradek.zone";
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", listener);
  };
}

function read(): Zone {
  try {
    return localStorage.getItem(storageKey) === "local" ? "local" : "utc";
  } catch {
    return "utc";
  }
}

/** The zone in which this person reads times, kept in the browser, and its setter. */
export function useZone(): readonly [Zone, (zone: Zone) => void] {
  const zone = useSyncExternalStore(subscribe, read, () => "utc" as const);
  const setZone = (next: Zone) => {
    try {
      localStorage.setItem(storageKey, next);
    } catch {
      // A browser that keeps nothing shows UTC.
    }
    for (const listener of listeners) listener();
  };
  return [zone, setZone];
}
