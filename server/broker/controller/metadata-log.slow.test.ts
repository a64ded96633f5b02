import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CreatePartitions } from "../../wire/apis/create-partitions.ts";
import { DeleteTopics } from "../../wire/apis/delete-topics.ts";
import { IncrementalAlterConfigs } from "../../wire/apis/incremental-alter-configs.ts";
import { InitProducerId } from "../../wire/apis/init-producer-id.ts";
import { describeJudged } from "../../testing/judges.ts";
import { runKafkaTool } from "../../testing/kafka-tool.ts";
import { startCluster, type TestCluster } from "../testing/start-cluster.ts";
import { TestClient } from "../testing/test-client.ts";
import { AlterOperation } from "./alter-configs.ts";
import { TOPIC_RESOURCE } from "./image.ts";
import { snapshotFileName } from "./snapshot-file.ts";

/** Types of the records that Apache Kafka's own tool finds in a file, in their order, without repetition of neighbours. */
async function dumpedTypes(file: string): Promise<readonly string[]> {
  const { exitCode, stdout, stderr } = await runKafkaTool("dumpLog", ["--cluster-metadata-decoder", "--files", file]);
  expect({ exitCode, stdout: stdout.includes("isvalid: false"), stderr: stderr.includes("Exception") }).toEqual({
    exitCode: 0,
    stdout: false,
    stderr: false,
  });
  const types = [...stdout.matchAll(/payload: \{"type":"(\w+)"|\] (LeaderChange|SnapshotHeader|SnapshotFooter)/g)].map(
    ([, type, control]) => type ?? control ?? "",
  );
  return types.filter((type, index) => type !== types[index - 1] && type !== "NO_OP_RECORD");
}

describeJudged("the metadata log before Apache Kafka's DumpLogSegments", ["java", "mvn"], () => {
  let cluster: TestCluster;

  beforeAll(async () => {
    cluster = await startCluster({
      config: { "metadata.log.max.record.bytes.between.snapshots": "4000", "metadata.max.idle.interval.ms": "0" },
    });
    const client = await TestClient.connect(cluster.bootstrap);
    await client.createTopic("orders", { "retention.ms": "1000" }, 3);
    await client.ask(CreatePartitions, {
      topics: [{ name: "orders", count: 4, assignments: null }],
      timeoutMs: 10_000,
    });
    const configs = [{ name: "cleanup.policy", configOperation: AlterOperation.append, value: "compact" }];
    await client.ask(IncrementalAlterConfigs, {
      resources: [{ resourceType: TOPIC_RESOURCE, resourceName: "orders", configs }],
    });
    await client.ask(InitProducerId, { transactionalId: null, transactionTimeoutMs: 1000 });
    await client.createTopic("gone");
    await client.ask(DeleteTopics, { topics: [{ name: "gone" }], timeoutMs: 10_000 });
    for (let index = 0; index < 20; index++) await client.createTopic(`more-${index}`, {}, 2);
    client.close();
    await cluster.shutDown();
  });
  afterAll(() => cluster.stop());

  test("every record is read, from the leader's announcement to the broker's farewell", async () => {
    const types = await dumpedTypes(
      join(cluster.directory, "controller/__cluster_metadata-0/00000000000000000000.log"),
    );
    expect(types.slice(0, 10)).toEqual([
      "LeaderChange",
      "BEGIN_TRANSACTION_RECORD",
      "FEATURE_LEVEL_RECORD",
      "CONFIG_RECORD",
      "END_TRANSACTION_RECORD",
      "REGISTER_CONTROLLER_RECORD",
      "REGISTER_BROKER_RECORD",
      "BROKER_REGISTRATION_CHANGE_RECORD",
      "TOPIC_RECORD",
      "CONFIG_RECORD",
    ]);
    expect(types).toEqual(
      expect.arrayContaining([
        "PARTITION_RECORD",
        "PRODUCER_IDS_RECORD",
        "REMOVE_TOPIC_RECORD",
        "PARTITION_CHANGE_RECORD",
      ]),
    );
    expect(types.at(-1)).toBe("BROKER_REGISTRATION_CHANGE_RECORD");
  });

  test("a snapshot is read from header to footer", async () => {
    const { snapshot } = cluster.controller.controller.log;
    if (snapshot === undefined) throw new Error("4000 bytes of records make a snapshot");
    const types = await dumpedTypes(
      join(cluster.directory, "controller/__cluster_metadata-0", snapshotFileName(snapshot)),
    );
    expect(types[0]).toBe("SnapshotHeader");
    expect(types.at(-1)).toBe("SnapshotFooter");
    expect(types).toEqual(
      expect.arrayContaining([
        "FEATURE_LEVEL_RECORD",
        "REGISTER_BROKER_RECORD",
        "TOPIC_RECORD",
        "PARTITION_RECORD",
        "CONFIG_RECORD",
      ]),
    );
  });
});
