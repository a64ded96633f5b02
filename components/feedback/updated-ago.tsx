"use client";
import { useNow } from "@/components/ui/use-now";
import { formatAge } from "@/lib/format";

/** How fresh what is shown is: "Updated 2 s ago". */
export function UpdatedAgo({ atMs }: { atMs: number }) {
  const now = useNow();
  if (now === 0 || atMs === 0) return null;
  const age = formatAge(Math.max(0, now - atMs));
  return <span className="tabular-nums">{age === "just now" ? "Updated just now" : `Updated ${age} ago`}</span>;
}
