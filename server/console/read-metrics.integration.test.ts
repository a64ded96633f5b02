import { afterAll, beforeAll, expect, test } from "vitest";
import { startCluster, type TestCluster } from "../broker/testing/start-cluster.ts";
import { commitGroupOffsets } from "../client/admin/group-offsets.ts";
import { clientOf, cluster, contextOf } from "../testing/console-context.ts";
import { makeTopic } from "../testing/seed-topic.ts";
import { closeContext, type ConsoleContext } from "./context.ts";
import { readMetrics } from "./read-metrics.ts";

let running: TestCluster;
let context: ConsoleContext;

beforeAll(async () => {
  running = await startCluster();
  context = contextOf(running.bootstrap);
});
afterAll(async () => {
  await closeContext(context);
  await running.stop();
});

const scrape = () => [...readMetrics(context, Date.now())].join("").split("\n");

test("before a sweep there is nothing but that nothing is known", () => {
  expect(scrape()).toContain('odradek_up{cluster="local"} 0');
  expect(scrape().join("\n")).not.toContain("kafka_");
});

test("what the last sweep found is told under the names that exporters' users know", async () => {
  await makeTopic(clientOf(context), "paid", { partitions: 2 });
  const messages = ["a", "b", "c"].map((value) => ({ value, partition: 0 }));
  await context.clusters.get(cluster)?.producer.send({ topic: "paid", messages });
  await commitGroupOffsets(clientOf(context), "billing", [{ topic: "paid", partition: 0, offset: 1 }]);
  await context.engine.samplers.get(cluster)?.sampled();
  const lines = scrape();
  expect(lines).toEqual(
    expect.arrayContaining([
      'odradek_up{cluster="local"} 1',
      'kafka_brokers{cluster="local"} 1',
      'kafka_topic_partitions{cluster="local",topic="paid"} 2',
      'kafka_topic_partition_current_offset{cluster="local",topic="paid",partition="0"} 3',
      'kafka_topic_partition_leader_is_preferred{cluster="local",topic="paid",partition="1"} 1',
      'kafka_consumergroup_lag{cluster="local",consumergroup="billing",topic="paid",partition="0"} 2',
      'kafka_consumergroup_lag_sum{cluster="local",consumergroup="billing",topic="paid"} 2',
      'kafka_consumergroup_members{cluster="local",consumergroup="billing"} 0',
      'kminion_kafka_consumer_group_topic_lag{cluster="local",group_id="billing",topic_name="paid"} 2',
      'kminion_kafka_topic_partition_high_water_mark{cluster="local",topic_name="paid",partition_id="0"} 3',
    ]),
  );
  const types = lines.filter((line) => line.startsWith("# TYPE"));
  expect(new Set(types).size).toBe(types.length);
});
