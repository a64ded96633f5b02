import type { AlertCondition, AlertSubject } from "../../../../lib/contracts/alerts.ts";
import type { TopicMetadata } from "../../../client/metadata-image.ts";
import { isBelowMinIsr } from "../../topic-summary.ts";
import { brokerStates } from "../sampler/broker-states.ts";
import { STUCK_AFTER } from "../sampler/partition-watch.ts";
import type { Sampler } from "../sampler/sampler.ts";
import type { ClusterSnapshot, SampledGroup } from "../sampler/snapshot.ts";
import type { RebalanceCounter } from "./rebalance-counter.ts";

/** What a condition measured of one subject in one sweep, in the condition's unit; null is "there, but not known now". */
export type Reading = { readonly subject: AlertSubject; readonly value: number | null };

/** What conditions read from. */
export type Sweep = {
  readonly snapshot: ClusterSnapshot;
  readonly sampler: Pick<Sampler, "findingsOf"> & {
    readonly lagTimes: Pick<Sampler["lagTimes"], "ofGroup">;
    readonly groups: Pick<Sampler["groups"], "watchedForMs">;
  };
  readonly rebalances: RebalanceCounter;
};

/**
 * What a condition measured of each subject that is there: one that is well has its value too, so that an alert on it can end.
 * Null when it could not be read in this sweep: then nothing is known, and nothing fires or ends.
 */
export function readingsOf(condition: AlertCondition, sweep: Sweep): readonly Reading[] | null {
  return measures[condition](sweep);
}

type Measure = (sweep: Sweep) => readonly Reading[] | null;

const measures: Readonly<Record<AlertCondition, Measure>> = {
  "group-lag": groupMeasure((group) => group.lagMessages),
  "group-lag-time": groupMeasure((group, { sampler }) => {
    const time = sampler.lagTimes.ofGroup(group.groupId);
    return time === undefined ? null : time.ms / 1_000;
  }),
  "group-stuck": groupMeasure(({ groupId, lagMessages }, { sampler, snapshot }) => {
    const stood = sampler
      .findingsOf(groupId)
      .filter(({ kind }) => kind === "stuck-partition" || kind === "stands-still");
    const sinceMs = Math.min(...stood.map((own) => own.sinceMs ?? snapshot.readAtMs));
    if (stood.length > 0) return Math.round((snapshot.readAtMs - sinceMs) / 1_000);
    // Whether it stands still cannot be known before it was watched for as long: what fired before a restart goes on.
    const isJudged = lagMessages === 0 || sampler.groups.watchedForMs(groupId) > STUCK_AFTER * 1_000;
    return isJudged ? 0 : null;
  }),
  "group-no-members": groupMeasure((group) => {
    if (group.members === null || group.lagMessages === null) return null;
    return group.members.length === 0 ? group.lagMessages : 0;
  }),
  "group-rebalances": groupMeasure((group, { rebalances }) => rebalances.inLastHour(group.groupId)),
  "partitions-offline": topicMeasure(
    () =>
      ({ leaderId }) =>
        leaderId < 0,
  ),
  "partitions-below-min-isr": topicMeasure((topic, { minIsr }) => {
    const least = minIsr.get(topic.name ?? "") ?? 0;
    return (partition) => partition.leaderId >= 0 && isBelowMinIsr(partition, least);
  }),
  "partitions-under-replicated": topicMeasure(
    () =>
      ({ leaderId, isrNodes, replicaNodes }) =>
        leaderId >= 0 && isrNodes.length < replicaNodes.length,
  ),
  "broker-gone": ({ snapshot }) =>
    brokerStates(snapshot).map(({ id, state }) => ({
      subject: { type: "broker", name: String(id) },
      value: state === "gone" || state === "silent" ? 1 : 0,
    })),
  "disk-used": ({ snapshot: { disks, readAtMs } }) => {
    if (disks === null || disks.readAtMs < readAtMs) return null;
    return [...disks.value.brokers].map(([id, { totalBytes, usableBytes }]) => ({
      subject: { type: "broker", name: String(id) },
      value:
        totalBytes === null || usableBytes === null || totalBytes === 0 ? null : 100 * (1 - usableBytes / totalBytes),
    }));
  },
};

function groupMeasure(valueOf: (group: SampledGroup, sweep: Sweep) => number | null): Measure {
  return (sweep) => {
    const { groups, readAtMs } = sweep.snapshot;
    if (groups === null || groups.readAtMs < readAtMs) return null;
    return [...groups.value.values()].map((group) => ({
      subject: { type: "group", name: group.groupId },
      value: group.readAtMs < readAtMs ? null : valueOf(group, sweep),
    }));
  };
}

type Partition = TopicMetadata["partitions"][number];

function topicMeasure(judgeOf: (topic: TopicMetadata, snapshot: ClusterSnapshot) => (partition: Partition) => boolean) {
  return ({ snapshot }: Sweep): readonly Reading[] =>
    snapshot.topics.map((topic) => ({
      subject: { type: "topic", name: topic.name ?? "" },
      value: topic.partitions.filter(judgeOf(topic, snapshot)).length,
    }));
}
