import { expect, test } from "vitest";
import { startCluster } from "../broker/testing/start-cluster.ts";
import { commitGroupOffsets } from "../client/admin/group-offsets.ts";
import { clientOf, cluster, contextOf, good } from "../testing/console-context.ts";
import { appendBatch, makeTopic, textRecord } from "../testing/seed-topic.ts";
import { localUser } from "./actor.ts";
import { closeContext } from "./context.ts";
import { describeGroup } from "./describe-group.ts";
import { inParallel } from "./in-parallel.ts";
import { listGroups } from "./list-groups.ts";

test("ten thousand groups are all listed, each with its own lag", async () => {
  const running = await startCluster();
  const context = contextOf(running.bootstrap);
  const client = clientOf(context);
  const topic = "read.by.many";
  const [groups, partitions, end] = [10_000, 3, 50];
  const offsetOf = (group: number, partition: number) => (group * 7 + partition) % (end + 1);
  const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);
  try {
    await makeTopic(client, topic, { partitions });
    const records = numbers(end).map((index) => textRecord(`k${index}`, "v", Date.now()));
    for (const partition of numbers(partitions)) await appendBatch(client, { topic, partition }, records);
    await inParallel(numbers(groups), 64, (group) =>
      commitGroupOffsets(
        client,
        `group-${group}`,
        numbers(partitions).map((partition) => ({ topic, partition, offset: offsetOf(group, partition) })),
      ),
    );
    const { groups: listed, problems } = good(await listGroups(context, localUser, { cluster }));
    expect(problems).toEqual([]);
    const lags = new Map(listed.map(({ groupId, lagMessages }) => [groupId, lagMessages]));
    const expected = numbers(groups).map((group): [string, number] => [
      `group-${group}`,
      numbers(partitions).reduce((lag, partition) => lag + end - offsetOf(group, partition), 0),
    ]);
    expect(lags).toEqual(new Map(expected));
    const detail = good(await describeGroup(context, localUser, { cluster, group: "group-9999" }));
    expect(detail.partitions.map(({ committedOffset }) => committedOffset)).toEqual(
      numbers(partitions).map((partition) => String(offsetOf(9_999, partition))),
    );
  } finally {
    await closeContext(context);
    await running.stop();
  }
});
