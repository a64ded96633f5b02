import { afterAll, beforeAll, expect, test } from "vitest";
import { Changes } from "../testing/console-changes.ts";
import { clientOf, cluster, contextOf, good } from "../testing/console-context.ts";
import { describeJudged } from "../testing/judges.ts";
import { appendBatch, textRecord } from "../testing/seed-topic.ts";
import { startTieredKafka, tieredConfigs, type TieredKafka, TIERED_RECORD_BYTES } from "../testing/tiered-kafka.ts";
import { until } from "../testing/until.ts";
import { localUser } from "./actor.ts";
import { closeContext, type ConsoleContext } from "./context.ts";
import { createTopic } from "./create-topic.ts";
import { describeTopic } from "./describe-topic.ts";
import { listPartitions } from "./list-partitions.ts";
import { listTopics } from "./list-topics.ts";
import { planTopicDeletion } from "./plan-topic-deletion.ts";

const topic = "tiered.orders";
const RECORDS = 6;

describeJudged("a topic in remote log storage (KIP-405)", ["java", "mvn"], () => {
  let kafka: TieredKafka;
  let context: ConsoleContext;

  beforeAll(async () => {
    kafka = await startTieredKafka();
    context = contextOf(kafka.bootstrap);
  }, 240_000);
  afterAll(async () => {
    await closeContext(context);
    await kafka.stop();
  });

  const partition = async () => {
    const { partitions } = good(await listPartitions(context, localUser, { cluster, topic }));
    return partitions[0];
  };

  test("has its local start and what is tiered by partition, sizes that are local, and plans that say so", async () => {
    const input = { cluster, partitions: 1, replicationFactor: 1 };
    good(await createTopic(context, localUser, { ...input, name: topic, configs: tieredConfigs }));
    good(await createTopic(context, localUser, { ...input, name: "plain", configs: {} }));
    expect(await partition()).toMatchObject({ tier: { localStartOffset: "0", lastTieredOffset: "-1" } });
    for (let index = 0; index < RECORDS; index += 1)
      await appendBatch(clientOf(context), { topic, partition: 0 }, [
        textRecord(null, "x".repeat(TIERED_RECORD_BYTES), Date.now()),
      ]);
    // The newest segment stays on the broker; each has one record.
    await until(async () => (await partition())?.tier?.localStartOffset === String(RECORDS - 1));
    const tiered = await partition();
    expect(tiered).toMatchObject({
      startOffset: "0",
      endOffset: String(RECORDS),
      tier: { localStartOffset: String(RECORDS - 1), lastTieredOffset: String(RECORDS - 2) },
    });
    expect(tiered?.sizeBytes).toBeLessThan(2 * TIERED_RECORD_BYTES);

    const detail = good(await describeTopic(context, localUser, { cluster, topic }));
    expect(detail).toMatchObject({ isTiered: true, messages: RECORDS, localRetention: { ms: 3_600_000, bytes: 1 } });
    const { topics } = good(await listTopics(context, localUser, { cluster }));
    expect(topics.find(({ name }) => name === topic)?.isTiered).toBe(true);
    expect(topics.find(({ name }) => name === "plain")).not.toHaveProperty("isTiered");
    expect(good(await listPartitions(context, localUser, { cluster, topic: "plain" }))).toMatchObject({
      isTiered: false,
      partitions: [{ partition: 0 }],
    });

    expect(good(await planTopicDeletion(context, localUser, { cluster, topic }))).toMatchObject({
      tiered: { remote: RECORDS - 1, onlyRemote: RECORDS - 1 },
    });
    const changes = new Changes(() => context);
    const textsOf = async (kind: string, body: Readonly<Record<string, unknown>>) =>
      (await changes.plan(kind, body)).impact.map(({ text }) => text);
    expect(await textsOf("delete-topics", { topics: [{ name: topic }, { name: "plain" }] })).toContainEqual(
      expect.stringContaining("1 of them is tiered: 5 messages in remote storage and nowhere else are deleted too"),
    );
    const change = (own: Record<string, string>) =>
      textsOf("alter-topic-configs", { changes: [{ topic, configs: own }] });
    expect(await change({ "retention.bytes": "2000000" })).toContainEqual(
      expect.stringContaining("The limit counts what is in remote storage too"),
    );
    expect(await change({ "local.retention.ms": "60000" })).toContainEqual(
      expect.stringContaining("Brokers keep messages themselves 1 min."),
    );
    expect(await change({ "retention.ms": "3600000" })).toContainEqual(
      expect.stringContaining("No message is older than 1 h now."),
    );
    expect(await textsOf("recreate-topic", { topic })).toContainEqual(
      expect.stringContaining("It is tiered: 5 messages in remote storage and nowhere else are deleted too"),
    );
    const upTo = { kind: "offsets", offsets: [{ partition: 0, offset: "3" }] };
    const older = await textsOf("delete-records", { topics: [topic], upTo });
    // None of them is on the leader's disk.
    expect(older[0]).toBe("3 messages of 1 partition are lost for good.");
    expect(older[1]).toContain("Tiered: 3 messages in remote storage and nowhere else are deleted too");
    expect(kafka.remoteSegments()).toBe(RECORDS - 1);
    const made = await changes.make("delete-records", { topics: [topic], upTo });
    expect(await changes.entry(made)).toMatchObject({ outcome: "done" });
    await until(() => kafka.remoteSegments() === RECORDS - 1 - 3);
  });
});
