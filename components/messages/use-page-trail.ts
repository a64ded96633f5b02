"use client";
import { useState } from "react";
import { type PageTrail, trailIn, trailText } from "@/lib/page-trail";

/** The pages of a topic that were left by turning on: this tab keeps them over a reload. To be read when a page is turned, not while one is drawn. */
export function usePageTrail(cluster: string, topic: string) {
  const key = `odradek.pages.${cluster}/${topic}`;
  const [turned, setTurned] = useState<PageTrail>();
  return {
    read: (): PageTrail => turned ?? trailIn(keptText(key)),
    keep: (trail: PageTrail) => {
      setTurned(trail);
      try {
        sessionStorage.setItem(key, trailText(trail));
      } catch {
        // A browser that keeps nothing reads back from the edge after a reload.
      }
    },
  };
}

function keptText(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}
