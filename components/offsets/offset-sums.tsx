import { Stat, StatStrip } from "@/components/ui/stat";
import type { OffsetPlan } from "@/lib/contracts/group-offsets";
import { formatBytes, formatCount, formatDuration } from "@/lib/format";

/** What a change of offsets amounts to. */
export function OffsetSums({ sums }: { sums: OffsetPlan["sums"] }) {
  const { readAgain, skipped, bytes, lagBefore, lagAfter, drainsInMs } = sums;
  return (
    <StatStrip className="border-y">
      <Stat label="Read again" value={formatCount(readAgain)} unit={readAgain === 1 ? "record" : "records"} />
      <Stat label="Skipped" value={formatCount(skipped)} unit={skipped === 1 ? "record" : "records"} />
      <Stat label="Bytes of these" value={bytes === null ? "unknown" : formatBytes(bytes)} />
      <Stat
        label="Lag after"
        value={lagAfter === null ? "unknown" : formatCount(lagAfter)}
        hint={lagBefore === null ? undefined : `from ${formatCount(lagBefore)}`}
      />
      {drainsInMs !== null && <Stat label="Drains in" value={formatDuration(drainsInMs)} />}
    </StatStrip>
  );
}
