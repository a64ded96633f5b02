"use client";
import { usePreference } from "@/components/ui/use-preference";
import type { Zone } from "@/lib/instant";

/** The zone in which this person reads times, kept in the browser, and its setter. */
export function useZone(): readonly [Zone, (zone: Zone) => void] {
  return usePreference<Zone>("odradek.zone", ["utc", "local"]);
}
