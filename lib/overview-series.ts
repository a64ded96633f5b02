import { linesMax } from "@/lib/chart-series";
import type { HistoryQuery } from "@/lib/contracts/history";
import type { Overview } from "@/lib/contracts/overview";

type Glance = Pick<Overview, "busiestTopics" | "largestTopics" | "laggingGroups" | "brokers">;

/** The topics that are drawn by name: the busiest, or, before rates are known and while nothing is written, the largest. */
export function drawnTopics({ busiestTopics, largestTopics }: Pick<Glance, "busiestTopics" | "largestTopics">) {
  return (busiestTopics.length > 0 ? busiestTopics : largestTopics).slice(0, linesMax).toSorted();
}

/** The topics whose size is drawn. */
export function sizedTopics(glance: Pick<Glance, "largestTopics">) {
  return glance.largestTopics.slice(0, linesMax).toSorted();
}

/** The brokers whose answers took longest, by number. */
export function slowestBrokers({ brokers }: Pick<Overview, "brokers">): readonly string[] {
  return brokers
    .filter(({ state }) => state !== "gone")
    .toSorted((a, b) => (b.latencyMs ?? 0) - (a.latencyMs ?? 0))
    .slice(0, linesMax)
    .map(({ id }) => String(id))
    .toSorted((a, b) => Number(a) - Number(b));
}

/** What the overview's charts draw, in one question; by name, so that another order of ranks asks for nothing new. */
export function overviewSeries(glance: Glance): HistoryQuery["series"] {
  return [
    { kind: "cluster-produced", name: "", part: "", as: "rate" },
    { kind: "cluster-consumed", name: "", part: "", as: "rate" },
    { kind: "cluster-lag", name: "", part: "", as: "value" },
    ...drawnTopics(glance).map((name) => ({ kind: "topic-end", name, part: "", as: "rate" }) as const),
    { kind: "cluster-size", name: "", part: "", as: "value" },
    ...sizedTopics(glance).map((name) => ({ kind: "topic-size", name, part: "", as: "value" }) as const),
    ...glance.laggingGroups
      .toSorted()
      .flatMap((name) =>
        (["group-lag", "group-lag-time"] as const).map((kind) => ({ kind, name, part: "", as: "value" }) as const),
      ),
    ...slowestBrokers(glance).map((name) => ({ kind: "broker-latency", name, part: "", as: "value" }) as const),
  ];
}
