"use client";
import { Toaster } from "sonner";

/** Confirmations, at the lower right. Failures are never toasts: they stay where they happened. */
export function ConsoleToaster() {
  return (
    <Toaster
      position="bottom-right"
      toastOptions={{
        unstyled: true,
        className: "flex w-80 items-center gap-2 rounded-lg bg-raised px-3 py-2.5 text-sm text-ink shadow-pop",
      }}
    />
  );
}
