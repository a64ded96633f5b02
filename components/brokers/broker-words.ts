import type { StatusKind } from "@/components/ui/status";
import type { BrokerList } from "@/lib/contracts/brokers";
import type { BrokerSummary } from "@/lib/contracts/broker-summary";
import { formatNumberOf } from "@/lib/format";

/** How a broker is: its mark, a word, and what that means where it is not well. */
export type BrokerHealth = { readonly kind: StatusKind; readonly word: string; readonly note: string };

type Facts = Pick<BrokerSummary, "state" | "supervised" | "outOfSync">;

/** Tells how a broker is. What its supervisor says counts first: a broker that was stopped by a person is not lost. */
export function brokerHealth({ state, supervised, outOfSync }: Facts): BrokerHealth {
  if (supervised === "stopped") return { kind: "paused", word: "Stopped", note: "was stopped, and can be started" };
  if (supervised === "starting") return { kind: "idle", word: "Starting", note: "starts" };
  if (supervised === "restarting") return { kind: "bad", word: "Restarting", note: "died, and is started again" };
  switch (state) {
    case "running":
      return { kind: "ok", word: "Running", note: "" };
    case "catching-up":
      return {
        kind: "warn",
        word: "Catching up",
        note: `is not in sync in ${formatNumberOf(outOfSync, "partition")}`,
      };
    case "silent":
      return { kind: "bad", word: "Silent", note: "does not answer the console" };
    case "gone":
      return { kind: "bad", word: "Gone", note: "is not in the cluster, and partitions have replicas on it" };
  }
}

/** How far a broker's leaders are from an equal share, in percent; undefined where a share says nothing. */
export function leaderSkew(broker: BrokerSummary, brokers: readonly BrokerSummary[]): number | undefined {
  const serving = brokers.filter(({ state }) => state === "running" || state === "catching-up");
  const total = serving.reduce((sum, { leaders }) => sum + leaders, 0);
  if (serving.length < 2 || total < serving.length || !serving.includes(broker)) return undefined;
  return Math.round((broker.leaders / (total / serving.length) - 1) * 100);
}

/** "+3%", "−27%", "" for an equal share. */
export function skewText(percent: number | undefined): string {
  if (percent === undefined || percent === 0) return "";
  return `${percent > 0 ? "+" : "−"}${Math.abs(percent)}%`;
}

/** How full a broker's disks are, from 0 to 1; undefined before Kafka 3.3, which does not tell. */
export function diskShare({
  diskTotalBytes,
  diskUsableBytes,
}: Pick<BrokerSummary, "diskTotalBytes" | "diskUsableBytes">): number | undefined {
  if (diskTotalBytes === null || diskUsableBytes === null || diskTotalBytes === 0) return undefined;
  return 1 - diskUsableBytes / diskTotalBytes;
}

/** The tone of a disk's meter: from the same shares on as it needs attention. */
export function diskTone(share: number): "quiet" | "warn" | "bad" {
  return share >= 0.95 ? "bad" : share >= 0.85 ? "warn" : "quiet";
}

/** A line about what is wrong with the brokers of a cluster, and what it does. */
export type Notice = { readonly kind: "warn" | "bad"; readonly text: string };

type ListFacts = Pick<BrokerList, "brokers" | "underReplicated" | "belowMinIsr" | "offline">;

/** What to know first: brokers that are away, then what becomes of partitions. */
export function brokerNotices({ brokers, underReplicated, belowMinIsr, offline }: ListFacts): readonly Notice[] {
  const away = brokers.flatMap((broker): Notice[] => {
    const { kind, note } = brokerHealth(broker);
    if (kind === "ok" || kind === "idle") return [];
    return [{ kind: kind === "bad" ? "bad" : "warn", text: `Broker ${broker.id} ${note}.` }];
  });
  const partitions: Notice[] = [];
  if (offline > 0)
    partitions.push({
      kind: "bad",
      text: `${formatNumberOf(offline, "partition")} ${offline === 1 ? "has" : "have"} no leader: nothing can be read or written there.`,
    });
  if (belowMinIsr !== null && belowMinIsr > 0)
    partitions.push({
      kind: "bad",
      text: `${formatNumberOf(belowMinIsr, "partition")} ${belowMinIsr === 1 ? "is" : "are"} below min ISR: producers with acks=all are refused.`,
    });
  if (underReplicated > 0 && partitions.length === 0)
    partitions.push({
      kind: "warn",
      text: `${formatNumberOf(underReplicated, "partition")} ${underReplicated === 1 ? "is" : "are"} under-replicated; ${belowMinIsr === 0 ? "none is below min ISR" : "the cluster does not tell which are below min ISR"}.`,
    });
  return [...away, ...partitions];
}
