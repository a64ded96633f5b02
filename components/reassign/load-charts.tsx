import { LoadChart } from "@/components/reassign/load-chart";
import type { PlannedBroker } from "@/lib/contracts/reassignment";
import { formatBytes, formatInteger } from "@/lib/format";

/** From this share on a disk needs attention, as on the overview. */
const alertShare = 0.85;
const percent = (share: number) => `${Math.round(share * 100)}%`;

type Side = "before" | "after";

/** What moves make of the brokers: disks, or bytes where disks are not told; replicas; leaders. */
export function LoadCharts({ brokers, afterLabel }: { brokers: readonly PlannedBroker[]; afterLabel?: string }) {
  const label = afterLabel === undefined ? {} : { afterLabel };
  const barsOf = (pick: (broker: PlannedBroker, side: Side) => number) =>
    brokers.map((broker) => ({
      id: broker.id,
      rack: broker.rack,
      before: pick(broker, "before"),
      after: pick(broker, "after"),
    }));
  const shares = brokers.map((broker) => ({ broker, capacity: broker.capacityBytes, other: broker.otherBytes }));
  const isTold = shares.length > 0 && shares.every(({ capacity, other }) => capacity !== null && other !== null);
  // On one disk for all brokers, as on one machine, a share says nothing: their bytes are what differs.
  const isShared = brokers.every(({ before, after, capacityBytes }) =>
    capacityBytes === null ? true : Math.max(before.sizeBytes, after.sizeBytes) / capacityBytes < 0.01,
  );
  const shareOf = ({ capacityBytes, otherBytes, ...own }: PlannedBroker, side: Side) =>
    capacityBytes === null || capacityBytes === 0 ? 0 : (own[side].sizeBytes + (otherBytes ?? 0)) / capacityBytes;
  return (
    <div className="divide-y">
      {isTold && !isShared ? (
        <LoadChart
          title="Disk by broker"
          bars={barsOf(shareOf)}
          format={percent}
          most={1}
          limit={{ value: alertShare, label: `alert at ${percent(alertShare)}` }}
          {...label}
        />
      ) : (
        <LoadChart
          title="Bytes by broker"
          bars={barsOf((broker, side) => broker[side].sizeBytes)}
          format={formatBytes}
          {...label}
        />
      )}
      <LoadChart
        title="Leaders by broker"
        bars={barsOf((broker, side) => broker[side].leaders)}
        format={formatInteger}
        {...label}
      />
      <LoadChart
        title="Replicas by broker"
        bars={barsOf((broker, side) => broker[side].replicas)}
        format={formatInteger}
        {...label}
      />
    </div>
  );
}
