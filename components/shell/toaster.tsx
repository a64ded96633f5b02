"use client";
import { useEffect } from "react";
import { toast, Toaster } from "sonner";

/** Confirmations, at the lower right. Failures are never toasts: they stay where they happened. */
export function ConsoleToaster({ first }: { first: string }) {
  useEffect(() => {
    toast(first, { id: "first" });
  }, [first]);
  return (
    <Toaster
      position="bottom-right"
      toastOptions={{
        unstyled: true,
        className:
          "flex w-80 items-center font-sans gap-2 rounded-lg bg-raised px-3 py-2.5 text-sm text-ink shadow-pop",
      }}
    />
  );
}
