import { describe, expect, test } from "vitest";
import { brokerColumns } from "@/components/brokers/broker-columns";
import { connectionColumns } from "@/components/brokers/connection-columns";
import { groupColumns } from "@/components/groups/group-columns";
import { memberColumns } from "@/components/groups/member-columns";
import { partitionLagColumns } from "@/components/groups/partition-lag-columns";
import { jobColumns } from "@/components/jobs/job-columns";
import { journalColumns } from "@/components/journal/journal-columns";
import { partitionColumns, tieredPartitionColumns } from "@/components/partitions/partition-columns";
import { tieredTopicColumns, topicColumns } from "@/components/topics/topic-columns";
import type { GridTrack } from "@/components/ui/grid-layout";

const gutters = 48;
const gap = 16;

/** The least width of a track: "minmax(180px,1fr)" needs 180. */
function leastWidth(width: string): number {
  return Number(/(\d+)px/.exec(width)?.[1] ?? 0);
}

function overflows(tracks: readonly GridTrack[]): readonly string[] {
  const steps = [...new Set(tracks.map((track) => track.from ?? 0))].filter((step) => step > 0);
  return steps.flatMap((step) => {
    const shown = tracks.filter((track) => (track.from ?? 0) <= step);
    const needed = gutters + shown.reduce((sum, track) => sum + leastWidth(track.width), 0) + gap * (shown.length - 1);
    return needed > step ? [`${needed} px of columns from ${step} px on`] : [];
  });
}

describe("a table has room for the columns it shows", () => {
  test.each([
    ["topics", topicColumns],
    ["topics where some are tiered", tieredTopicColumns],
    ["partitions", partitionColumns],
    ["partitions of a tiered topic", tieredPartitionColumns],
    ["connections of a broker", connectionColumns],
    ["consumer groups", groupColumns],
    ["a group's partitions", partitionLagColumns],
    ["a group's members", memberColumns],
    ["brokers", brokerColumns],
    ["jobs", jobColumns("utc")],
    ["journal", journalColumns("utc")],
  ] as const)("%s", (_, columns) => expect(overflows(columns)).toEqual([]));
});
