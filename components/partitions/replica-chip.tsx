import { StatusMark } from "@/components/ui/status";
import { Tooltip } from "@/components/ui/tooltip";
import { cn } from "@/lib/cn";
import type { ReplicaDetail } from "@/lib/contracts/partitions";
import { formatBytes, formatNumberOf } from "@/lib/format";

const looks = {
  "in-sync": "bg-hover text-ink-muted",
  lagging: "bg-warn-soft text-warn",
  offline: "bg-bad-soft text-bad",
};

function stateInWords(replica: ReplicaDetail, isLeader: boolean): string {
  if (isLeader) return "leader";
  if (replica.state === "lagging" && replica.lagMessages !== null)
    return `${formatNumberOf(replica.lagMessages, "message")} behind`;
  return replica.state === "in-sync" ? "in sync" : replica.state;
}

/** A replica as its broker's number: quiet in sync, ▲ lagging, ◆ offline; the leader has a ring. */
export function ReplicaChip({ replica, isLeader }: { replica: ReplicaDetail; isLeader: boolean }) {
  const words = stateInWords(replica, isLeader);
  const { broker, sizeBytes, directory } = replica;
  const place = `${sizeBytes === null ? "" : `, ${formatBytes(sizeBytes)}`}${directory === null ? "" : ` in ${directory}`}`;
  return (
    <Tooltip label={`Broker ${broker}: ${words}${place}`}>
      <span
        className={cn(
          "inline-flex h-4.5 min-w-6 items-center justify-center gap-1 rounded-md px-1 text-2xs font-medium tabular-nums",
          looks[replica.state],
          isLeader && "text-ink shadow-ring",
        )}
      >
        {replica.state !== "in-sync" && (
          <StatusMark kind={replica.state === "offline" ? "bad" : "warn"} className="size-2" />
        )}
        {replica.broker}
        <span className="sr-only">{words}</span>
      </span>
    </Tooltip>
  );
}
