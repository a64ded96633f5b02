"use client";
import { usePreference } from "@/components/ui/use-preference";

/** How close rows stand. */
export type Density = "comfortable" | "compact";

/** How close rows stand for this person, kept in the browser, and its setter. */
export function useDensity(): readonly [Density, (density: Density) => void] {
  return usePreference<Density>("odradek.density", ["comfortable", "compact"]);
}
