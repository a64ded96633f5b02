import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApacheKafka, startApacheKafka } from "../testing/apache-kafka.ts";
import { Changes } from "../testing/console-changes.ts";
import { clientOf, cluster, contextOf, good } from "../testing/console-context.ts";
import { describeJudged } from "../testing/judges.ts";
import { tieredStorageJar } from "../testing/maven.ts";
import { appendBatch, textRecord } from "../testing/seed-topic.ts";
import { until } from "../testing/until.ts";
import { localUser } from "./actor.ts";
import { closeContext, type ConsoleContext } from "./context.ts";
import { createTopic } from "./create-topic.ts";
import { describeTopic } from "./describe-topic.ts";
import { listPartitions } from "./list-partitions.ts";
import { listTopics } from "./list-topics.ts";
import { planTopicDeletion } from "./plan-topic-deletion.ts";

const topic = "tiered.orders";
/** Kafka's least segment.bytes. */
const SEGMENT_BYTES = 1_048_576;
const RECORD_BYTES = 700_000;
const RECORDS = 6;

describeJudged("a topic in remote log storage (KIP-405)", ["java", "mvn"], () => {
  let kafka: ApacheKafka;
  let context: ConsoleContext;
  const directory = mkdtempSync(join(tmpdir(), "odradek-tier-"));

  beforeAll(async () => {
    kafka = await startApacheKafka({
      properties: {
        "remote.log.storage.system.enable": "true",
        "remote.log.storage.manager.class.name": "org.apache.kafka.server.log.remote.storage.LocalTieredStorage",
        "remote.log.storage.manager.class.path": await tieredStorageJar(),
        "rsm.config.dir": directory,
        "remote.log.metadata.manager.listener.name": "PLAINTEXT",
        "rlmm.config.remote.log.metadata.topic.num.partitions": "1",
        "rlmm.config.remote.log.metadata.topic.replication.factor": "1",
        "remote.log.manager.task.interval.ms": "500",
        "log.initial.task.delay.ms": "500",
        "log.retention.check.interval.ms": "500",
      },
    });
    context = contextOf(kafka.bootstrap);
  }, 240_000);
  afterAll(async () => {
    await closeContext(context);
    await kafka.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const partition = async () => {
    const { partitions } = good(await listPartitions(context, localUser, { cluster, topic }));
    return partitions[0];
  };

  test("has its local start and what is tiered by partition, sizes that are local, and plans that say so", async () => {
    const configs = {
      "remote.storage.enable": "true",
      "segment.bytes": String(SEGMENT_BYTES),
      "local.retention.bytes": "1",
      "local.retention.ms": "3600000",
    };
    const input = { cluster, partitions: 1, replicationFactor: 1 };
    good(await createTopic(context, localUser, { ...input, name: topic, configs }));
    good(await createTopic(context, localUser, { ...input, name: "plain", configs: {} }));
    expect(await partition()).toMatchObject({ tier: { localStartOffset: "0", lastTieredOffset: "-1" } });
    for (let index = 0; index < RECORDS; index += 1)
      await appendBatch(clientOf(context), { topic, partition: 0 }, [
        textRecord(null, "x".repeat(RECORD_BYTES), Date.now()),
      ]);
    // The newest segment stays on the broker; each has one record.
    await until(async () => (await partition())?.tier?.localStartOffset === String(RECORDS - 1));
    const tiered = await partition();
    expect(tiered).toMatchObject({
      startOffset: "0",
      endOffset: String(RECORDS),
      tier: { localStartOffset: String(RECORDS - 1), lastTieredOffset: String(RECORDS - 2) },
    });
    expect(tiered?.sizeBytes).toBeLessThan(2 * RECORD_BYTES);

    const detail = good(await describeTopic(context, localUser, { cluster, topic }));
    expect(detail).toMatchObject({ isTiered: true, messages: RECORDS, localRetention: { ms: 3_600_000, bytes: 1 } });
    const { topics } = good(await listTopics(context, localUser, { cluster }));
    expect(topics.find(({ name }) => name === topic)?.isTiered).toBe(true);
    expect(topics.find(({ name }) => name === "plain")).not.toHaveProperty("isTiered");
    expect(good(await listPartitions(context, localUser, { cluster, topic: "plain" }))).toMatchObject({
      isTiered: false,
      partitions: [{ partition: 0 }],
    });

    expect(good(await planTopicDeletion(context, localUser, { cluster, topic }))).toMatchObject({ isTiered: true });
    const changes = new Changes(() => context);
    const textsOf = async (kind: string, body: Readonly<Record<string, unknown>>) =>
      (await changes.plan(kind, body)).impact.map(({ text }) => text);
    expect(await textsOf("delete-topics", { topics: [{ name: topic }, { name: "plain" }] })).toContainEqual(
      expect.stringContaining("1 of them is tiered: what is in remote storage is deleted too"),
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
  });
});
