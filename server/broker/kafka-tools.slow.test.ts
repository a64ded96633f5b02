import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeJudged } from "../testing/judges.ts";
import { type kafkaTools, runKafkaTool } from "../testing/kafka-tool.ts";
import { startCluster, type TestCluster } from "./testing/start-cluster.ts";

for (const brokers of [1, 3]) judge(brokers);

function judge(brokers: number): void {
  describeJudged(`Apache Kafka's tools on ${brokers} broker(s)`, ["java", "mvn"], () => {
    const replicas = String(brokers);
    let cluster: TestCluster;
    beforeAll(async () => {
      cluster = await startCluster({ brokers });
    });
    afterAll(() => cluster.stop());

    const run = async (tool: keyof typeof kafkaTools, args: readonly string[], stdin?: string) => {
      const bootstrap = ["--bootstrap-server", cluster.bootstrap];
      const finished = await runKafkaTool(tool, [...bootstrap, ...args], stdin === undefined ? {} : { stdin });
      expect(finished.exitCode, finished.stdout + finished.stderr).toBe(0);
      return finished.stdout;
    };

    test("kafka-topics makes, lists, describes, changes and deletes a topic", async () => {
      const topic = ["--topic", "myorders"];
      expect(
        await run("topics", ["--create", "--replication-factor", replicas, "--partitions", "3", ...topic]),
      ).toContain("Created topic myorders.");
      expect((await run("topics", ["--list"])).split("\n")).toContain("myorders");
      const described = await run("topics", ["--describe", ...topic]);
      expect(described).toMatch(/Topic: myorders\s+TopicId: \S{22}\s+PartitionCount: 3\s/);
      expect(described).toContain(`ReplicationFactor: ${replicas}`);
      const [, held = "", inSync = ""] =
        /Partition: 2\s+Leader: [123]\s+Replicas: (\S+)\s+Isr: (\S+)\s+Elr:\s+LastKnownElr:/.exec(described) ?? [];
      expect(held.split(",")).toHaveLength(brokers);
      expect(inSync.split(",").toSorted()).toEqual(held.split(",").toSorted());
      await run("topics", ["--alter", "--partitions", "5", ...topic]);
      expect(await run("topics", ["--describe", ...topic])).toContain("PartitionCount: 5");
      await run("topics", ["--delete", ...topic]);
      expect((await run("topics", ["--list"])).split("\n")).not.toContain("myorders");
    });

    test("kafka-configs changes a topic's and a broker's configs", async () => {
      await run("topics", ["--create", "--topic", "configured", "--partitions", "1", "--replication-factor", replicas]);
      const entity = ["--entity-type", "topics", "--entity-name", "configured"];
      await run("configs", [
        "--alter",
        ...entity,
        "--add-config",
        "retention.ms=123456,cleanup.policy=[delete,compact]",
      ]);
      const described = await run("configs", ["--describe", ...entity]);
      expect(described).toContain("retention.ms=123456 sensitive=false");
      expect(described).toContain("cleanup.policy=delete,compact");
      await run("configs", ["--alter", ...entity, "--delete-config", "retention.ms"]);
      expect(await run("configs", ["--describe", ...entity])).not.toContain("retention.ms=");
      const settings = await run("configs", ["--describe", "--entity-type", "brokers", "--entity-name", "1", "--all"]);
      expect(settings).toContain("node.id=1 sensitive=false synonyms={STATIC_BROKER_CONFIG:node.id=1");
    });

    test("console producer and consumer pass keys and values, in a group whose progress can be described", async () => {
      await run("topics", ["--create", "--topic", "talk", "--partitions", "1", "--replication-factor", replicas]);
      const properties = ["--reader-property", "parse.key=true", "--reader-property", "key.separator=:"];
      await run("consoleProducer", ["--topic", "talk", ...properties], "k1:hello\nk2:world\n");
      const reading = ["--topic", "talk", "--from-beginning", "--group", "talkers", "--timeout-ms", "120000"];
      const printing = ["--formatter-property", "print.key=true", "--max-messages", "2"];
      expect(await run("consoleConsumer", [...reading, ...printing])).toBe("k1\thello\nk2\tworld\n");
      const groups = await run("consumerGroups", ["--all-groups", "--all-topics", "--describe"]);
      expect(groups).toMatch(/talkers\s+talk\s+0\s+2\s+2\s+0\s+-\s+-\s+-/);
      expect(await run("getOffsets", ["--topic", "talk", "--time", "-2"])).toContain("talk:0:0");
      expect(await run("getOffsets", ["--topic", "talk"])).toContain("talk:0:2");
    });

    test("kafka-broker-api-versions understands what is served", async () => {
      const versions = await run("apiVersions", []);
      expect(versions).toContain("Produce(0): 0 to 13 [usable: 13]");
      expect(versions).toContain("Fetch(1): 4 to 18 [usable: 18]");
    });

    test("kafka-dump-log reads segments, offsets and metadata with their decoders", async () => {
      const dump = async (directory: string, decoder: readonly string[]) => {
        const files = readdirSync(directory)
          .filter((name) => name.endsWith(".log"))
          .map((name) => join(directory, name));
        const args = ["--deep-iteration", "--print-data-log", ...decoder, "--files", files.join(",")];
        const finished = await runKafkaTool("dumpLog", args);
        expect(finished.exitCode, finished.stderr).toBe(0);
        return finished.stdout;
      };
      const broker = join(cluster.directory, "broker-1");
      expect(await dump(join(broker, "talk-0"), [])).toMatch(/key: k1 payload: hello/);
      const offsets = readdirSync(broker).filter((name) => name.startsWith("__consumer_offsets-"));
      const dumps = await Promise.all(offsets.map((name) => dump(join(broker, name), ["--offsets-decoder"])));
      expect(dumps.join("\n")).toMatch(/"group":"talkers"|group=talkers|talkers/);
      const metadata = join(cluster.directory, "controller", "__cluster_metadata-0");
      expect(existsSync(metadata)).toBe(true);
      expect(await dump(metadata, ["--cluster-metadata-decoder"])).toContain('"type":"TOPIC_RECORD"');
    });
  });
}
