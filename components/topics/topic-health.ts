import type { StatusKind } from "@/components/ui/status";
import type { TopicSummary } from "@/lib/contracts/topics";
import { formatNumberOf } from "@/lib/format";

/** A topic's state and, when it is not well, what that is and what it does. */
export type TopicHealth = { readonly kind: StatusKind; readonly note: string };

type Facts = Pick<TopicSummary, "offline" | "belowMinIsr" | "underReplicated">;

/** Tells the worst of what is wrong with a topic. */
export function healthOf({ offline, belowMinIsr, underReplicated }: Facts): TopicHealth {
  if (offline > 0) return { kind: "bad", note: `${formatNumberOf(offline, "partition")} without a leader` };
  if (belowMinIsr > 0) return { kind: "bad", note: `${formatNumberOf(belowMinIsr, "partition")} below min ISR` };
  if (underReplicated > 0)
    return { kind: "warn", note: `${formatNumberOf(underReplicated, "partition")} under-replicated` };
  return { kind: "ok", note: "Healthy" };
}
