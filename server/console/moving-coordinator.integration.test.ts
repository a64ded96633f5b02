import { expect, test } from "vitest";
import { startCluster } from "../broker/testing/start-cluster.ts";
import { commitGroupOffsets } from "../client/admin/group-offsets.ts";
import { clientOf, cluster, contextOf, good } from "../testing/console-context.ts";
import { appendBatch, makeTopic, textRecord } from "../testing/seed-topic.ts";
import { until } from "../testing/until.ts";
import { localUser } from "./actor.ts";
import { closeContext } from "./context.ts";
import { describeGroup } from "./describe-group.ts";
import { listGroups } from "./list-groups.ts";

test("a group whose coordinator moves is shown with its lag or without one, never with another, and never as gone in silence", async () => {
  const running = await startCluster({ brokers: 3 });
  const context = contextOf(running.bootstrap);
  const client = clientOf(context);
  const topic = "moving";
  const group = "mover";
  try {
    await makeTopic(client, topic, { replicationFactor: 3 });
    const records = Array.from({ length: 20 }, (_, index) => textRecord(`k${index}`, "v", Date.now()));
    await appendBatch(client, { topic, partition: 0 }, records);
    await commitGroupOffsets(client, group, [{ topic, partition: 0, offset: 5 }]);
    const look = async () => {
      const { groups, problems } = good(await listGroups(context, localUser, { cluster }));
      return { found: groups.find(({ groupId }) => groupId === group), problems };
    };
    const before = await look();
    expect(before.found).toMatchObject({ lagMessages: 15, state: "Empty" });
    const old = before.found?.coordinator ?? 0;

    await running.stopBroker(old);
    await until(async () => {
      const { found, problems } = await look();
      if (found === undefined) expect(problems).not.toEqual([]);
      else expect([15, null]).toContain(found.lagMessages);
      return found !== undefined && found.coordinator !== old && found.lagMessages === 15;
    });
    const detail = good(await describeGroup(context, localUser, { cluster, group }));
    expect(detail.coordinator).not.toBe(old);
    expect(detail.partitions).toMatchObject([{ committedOffset: "5", endOffset: "20", lagMessages: 15 }]);
  } finally {
    await closeContext(context);
    await running.stop();
  }
});
