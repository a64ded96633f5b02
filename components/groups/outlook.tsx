"use client";
import { outlookText } from "@/components/groups/group-words";
import { useNow } from "@/components/ui/use-now";
import type { GroupOutlook } from "@/lib/contracts/groups";

const looks: Record<GroupOutlook["kind"], string> = {
  "keeps-up": "text-ink-faint",
  drains: "text-ink-muted",
  "falls-behind": "text-warn",
  "stands-still": "text-ink-muted",
  unknown: "text-ink-faint",
};

/** Where a group's lag is going. */
export function Outlook({ outlook, isTrouble = false }: { outlook: GroupOutlook; isTrouble?: boolean }) {
  const now = useNow();
  return (
    <span className={isTrouble && outlook.kind === "stands-still" ? "text-warn" : looks[outlook.kind]}>
      {outlookText(outlook, now)}
    </span>
  );
}
