import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCluster, type TestCluster } from "../broker/testing/start-cluster.ts";
import { clientOf, cluster, contextOf, good } from "../testing/console-context.ts";
import { describeJudged } from "../testing/judges.ts";
import { type KafkaConnect, startKafkaConnect } from "../testing/kafka-connect.ts";
import { type RunningRegistry, startSchemaRegistry } from "../testing/schema-registry.ts";
import { makeTopic } from "../testing/seed-topic.ts";
import { until } from "../testing/until.ts";
import { localUser } from "./actor.ts";
import { closeContext, type ConsoleContext } from "./context.ts";
import { listTopicLinks } from "./list-topic-links.ts";
import { planChange } from "./make-change.ts";
import { planTopicDeletion } from "./plan-topic-deletion.ts";

const order = '{"type":"record","name":"Order","namespace":"com.acme","fields":[{"name":"id","type":"long"}]}';
const orderTwo = order.replace("}]", '},{"name":"note","type":"string","default":""}]');

describeJudged(
  "a topic of the bundled cluster beside Apache Kafka Connect and a Schema Registry",
  ["java", "mvn"],
  () => {
    let kafka: TestCluster;
    let connect: KafkaConnect;
    let registry: RunningRegistry;
    let context: ConsoleContext;
    let directory: string;

    beforeAll(async () => {
      directory = mkdtempSync(join(tmpdir(), "linked-"));
      kafka = await startCluster();
      [connect, registry] = await Promise.all([startKafkaConnect(kafka.bootstrap), startSchemaRegistry()]);
      context = contextOf(kafka.bootstrap, { "schema.registry.url": registry.url, "connect.url": connect.url });
      for (const topic of ["orders", "orders-eu", "dead", "bare"]) await makeTopic(clientOf(context), topic);
    });
    afterAll(async () => {
      await closeContext(context);
      await Promise.all([connect.stop(), registry.stop()]);
      await kafka.stop();
      rmSync(directory, { recursive: true, force: true });
    });
    const linksOf = async (topic: string) => good(await listTopicLinks(context, localUser, { cluster, topic }));
    const impactOf = async (kind: string, input: Record<string, unknown>) =>
      good(await planChange(context, localUser, { cluster, kind, input })).impact.map(({ text }) => text);
    const usersOf = async (topic: string) =>
      (await linksOf(topic)).connect?.connectors?.map(({ name, use, isNamed, isSeen }) => ({
        name,
        use,
        isNamed,
        isSeen,
      }));

    test("has its subjects with their newest schemas, and not those of a topic whose name begins with its own", async () => {
      await registry.register("orders-key", '{"type":"object","properties":{"id":{"type":"integer"}}}', "JSON");
      await registry.register("orders-value", order, "AVRO");
      await registry.register("orders-value", orderTwo, "AVRO");
      await registry.setCompatibility("orders-value", "FULL");
      await registry.register("orders-com.acme.Paid", 'syntax = "proto3"; message Paid { int64 id = 1; }', "PROTOBUF");
      await registry.register("orders-eu-value", order, "AVRO");
      await registry.register("com.acme.Order", order, "AVRO");
      const { registry: found, problems } = await linksOf("orders");
      expect(problems).toEqual([]);
      expect(found).toMatchObject({
        url: registry.url,
        more: 0,
        subjects: [
          { subject: "orders-key", part: "key", latest: { version: 1, type: "JSON" }, compatibility: "NONE" },
          { subject: "orders-value", part: "value", latest: { version: 2, type: "AVRO" }, compatibility: "FULL" },
          {
            subject: "orders-com.acme.Paid",
            part: "record",
            recordName: "com.acme.Paid",
            latest: { type: "PROTOBUF" },
          },
        ],
      });
      expect(JSON.parse(found?.subjects?.[1]?.latest?.schema ?? "")).toEqual(JSON.parse(orderTwo));
      expect((await linksOf("bare")).registry?.subjects).toEqual([]);
    });

    test("has the connectors that write to it and read it, by their configs and by what they do, with why one failed", async () => {
      const input = join(directory, "in.txt");
      const output = join(directory, "out.txt");
      writeFileSync(input, "one\ntwo\n");
      const file = "org.apache.kafka.connect.file.FileStream";
      const source = { "connector.class": `${file}SourceConnector`, file: input };
      const sink = { "connector.class": `${file}SinkConnector`, "tasks.max": "1" };
      await connect.put("fill", { ...source, topic: "orders" });
      // A transform renames the topic, so that only what was seen tells where it writes.
      await connect.put("fill-eu", {
        ...{ ...source, topic: "elsewhere", transforms: "r" },
        ...{ "transforms.r.type": "org.apache.kafka.connect.transforms.RegexRouter" },
        ...{ "transforms.r.regex": ".*", "transforms.r.replacement": "orders-eu" },
      });
      await connect.put("drain", { ...sink, "topics.regex": "orders", file: output, "consumer.override.x": "1" });
      await connect.put("broken", {
        ...{ ...sink, topics: "orders", file: join(directory, "none", "out.txt"), "errors.tolerance": "all" },
        ...{ "errors.deadletterqueue.topic.name": "dead", "errors.deadletterqueue.topic.replication.factor": "1" },
      });
      await expect
        .poll(() => usersOf("orders"))
        .toEqual([
          { name: "broken", use: "reads", isNamed: true, isSeen: expect.any(Boolean) },
          { name: "drain", use: "reads", isNamed: true, isSeen: true },
          { name: "fill", use: "writes", isNamed: true, isSeen: true },
        ]);
      await expect
        .poll(() => usersOf("orders-eu"))
        .toEqual([{ name: "fill-eu", use: "writes", isNamed: false, isSeen: true }]);
      expect(await usersOf("dead")).toEqual([{ name: "broken", use: "dead-letters", isNamed: true, isSeen: false }]);
      expect(await usersOf("bare")).toEqual([]);
      const broken = async () => (await linksOf("orders")).connect?.connectors?.find(({ name }) => name === "broken");
      await expect.poll(broken).toMatchObject({
        kind: "sink",
        connect: connect.url,
        tasks: { total: 1, running: 0, failed: 1 },
        failure: expect.stringContaining("ConnectException"),
      });
      await until(() => readFileSync(output, "utf8") === "one\ntwo\n");
    });

    test("is named in the plans with who uses it and what stays: of a deletion, a recreation and an emptying", async () => {
      const deletion = good(await planTopicDeletion(context, localUser, { cluster, topic: "orders" }));
      expect(deletion).toMatchObject({
        connectors: [
          { name: "broken", use: "reads" },
          { name: "drain", use: "reads" },
          { name: "fill", use: "writes" },
        ],
        subjects: ["orders-key", "orders-value", "orders-com.acme.Paid"],
        problems: [],
      });
      const connectors = (writing: string, reading: string) => [
        `1 connector writes (fill): ${writing}`,
        `2 connectors read (broken and drain): ${reading}`,
      ];
      const subjects = "3 subjects stay in the Schema Registry (orders-key, orders-value and orders-com.acme.Paid)";
      expect(await impactOf("delete-topics", { topics: [{ name: "orders" }] })).toEqual(
        expect.arrayContaining([
          ...connectors(
            "what they send waits until there is a topic of that name again.",
            "they get nothing more of it.",
          ),
          `${subjects}.`,
        ]),
      );
      const goOn = "they go on, and do not send again what they have sent.";
      expect(await impactOf("recreate-topic", { topic: "orders" })).toEqual(
        expect.arrayContaining([
          ...connectors(goOn, "they wait until it is back."),
          `${subjects}, and are those of the new topic.`,
        ]),
      );
      expect(await impactOf("delete-records", { topics: ["orders"], upTo: { kind: "everything" } })).toEqual(
        expect.arrayContaining(connectors(goOn, "they do not get what they have not read yet.")),
      );
      expect((await impactOf("delete-topics", { topics: [{ name: "bare" }] })).join()).not.toMatch(/connector|subject/);
    });

    test("what is away is said beside what is there, and a plan says that it is not known", async () => {
      await registry.stop();
      const { registry: found, connect: there, problems } = await linksOf("orders-eu");
      expect(found).toMatchObject({ url: registry.url, subjects: null });
      expect(there?.connectors).toHaveLength(1);
      expect(problems.map(({ code, title }) => [code, title])).toEqual([
        ["service-unreachable", "Schema Registry could not be read"],
      ]);
    });
  },
);
