import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// Sizes and shadows of our own must be named, or tailwind-merge takes them for colours and drops them.
const twMerge = extendTailwindMerge({
  extend: {
    classGroups: {
      "font-size": [{ text: ["2xs", "mono", "figure"] }],
      shadow: [{ shadow: ["panel", "pop", "button", "hairline", "outline", "ring", "accent", "current", "search"] }],
    },
  },
});

/** Joins class names; a later Tailwind class wins over an earlier one of the same property. */
export function cn(...values: readonly ClassValue[]): string {
  return twMerge(clsx(values));
}
