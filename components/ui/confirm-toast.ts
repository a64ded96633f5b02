import { useSyncExternalStore } from "react";

let first: string | undefined;
const listeners = new Set<() => void>();

/** Confirms in passing that something was done. The code for it is loaded at the first use. */
export function confirmToast(text: string): void {
  void import("sonner").then(({ toast }) => {
    if (first !== undefined) {
      toast(text);
      return;
    }
    first = text;
    for (const listener of listeners) listener();
  });
}

/** The text of the first confirmation, once there was one: from then on there must be a place where they appear. */
export function useFirstToast(): string | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => first,
    () => undefined,
  );
}
