"use client";
import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False on the server and in the first draw: what only the browser knows must wait for it. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
