import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MessageQuery } from "../../lib/contracts/messages.ts";
import type { Result } from "../../lib/result.ts";
import { commitGroupOffsets } from "../client/admin/group-offsets.ts";
import { prepareReading, readRecords } from "../client/read-records.ts";
import { type ApacheKafka, startApacheKafka } from "../testing/apache-kafka.ts";
import { saslUser } from "../testing/apache-kafka-properties.ts";
import { bad, clientOf, cluster, contextOf, good } from "../testing/console-context.ts";
import { describeJudged } from "../testing/judges.ts";
import { appendBatch, makeTopic, textRecord } from "../testing/seed-topic.ts";
import { until } from "../testing/until.ts";
import { CreateAcls } from "../wire/apis/create-acls.ts";
import { localUser } from "./actor.ts";
import { closeContext, type ConsoleContext } from "./context.ts";
import { createTopic } from "./create-topic.ts";
import { planTopicDeletion } from "./plan-topic-deletion.ts";
import { describeGroup } from "./describe-group.ts";
import { describeTopic } from "./describe-topic.ts";
import { listGroups } from "./list-groups.ts";
import { listTopicAccess } from "./list-topic-access.ts";
import { listTopics } from "./list-topics.ts";
import { makeChange, planChange } from "./make-change.ts";
import { produceMessage } from "./produce-message.ts";
import { readMessages } from "./read-messages.ts";
import { readOverview } from "./read-overview.ts";
import { readRecord } from "./read-record.ts";

describeJudged("topics that are hard to read, on Apache Kafka", ["java", "mvn"], () => {
  let kafka: ApacheKafka;
  let context: ConsoleContext;
  const read = (topic: string, query: Partial<MessageQuery>) =>
    readMessages(context, localUser, { cluster, topic, query: { from: "newest", limit: 100, ...query } });

  beforeAll(async () => {
    await prepareReading();
    const properties = { "log.cleaner.backoff.ms": "200", "log.retention.check.interval.ms": "1000" };
    kafka = await startApacheKafka({ properties });
    context = contextOf(kafka.bootstrap);
  });
  afterAll(async () => {
    await closeContext(context);
    await kafka.stop();
  });

  test("transactions: markers are no records, aborted ones show as Kafka's consumers see them by default", async () => {
    await makeTopic(clientOf(context), "hard.transactions");
    const kafkajs = new Kafka({ brokers: [kafka.bootstrap], logLevel: logLevel.NOTHING });
    const producer = kafkajs.producer({ transactionalId: "hard", maxInFlightRequests: 1, idempotent: true });
    await producer.connect();
    for (const outcome of ["commit", "abort", "commit"] as const) {
      const transaction = await producer.transaction();
      await transaction.send({
        topic: "hard.transactions",
        messages: [{ value: `${outcome} 1` }, { value: `${outcome} 2` }],
      });
      await transaction[outcome]();
    }
    await producer.disconnect();
    // The marker of the last commit is written after the commit is answered.
    const page = async () => good(await read("hard.transactions", {}));
    await expect.poll(async () => (await page()).partitions[0]?.endOffset).toBe("9");
    const newest = await page();
    expect(newest.partitions[0]?.problem).toBeNull();
    expect(newest.records.map(({ offset, value }) => `${offset} ${value.text}`)).toEqual([
      "7 commit 2",
      "6 commit 1",
      "4 abort 2",
      "3 abort 1",
      "1 commit 2",
      "0 commit 1",
    ]);
    const detail = good(
      await readRecord(context, localUser, { cluster, topic: "hard.transactions", partition: 0, offset: "6" }),
    );
    expect(detail.batch.isTransactional).toBe(true);
    expect(detail.batch.producerId).toMatch(/^\d+$/);
    const marker = { cluster, topic: "hard.transactions", partition: 0, offset: "8" };
    // A link to a marker shows it, in words.
    expect(good(await readRecord(context, localUser, marker)).control).toMatch(/commit/i);
    const request = { topic: "hard.transactions", partition: 0, fromOffset: 0, maxBytes: 1_000_000, maxWaitMs: 0 };
    const committed = await readRecords(clientOf(context), { ...request, isolation: "committed" });
    expect(committed.records.map(({ offset }) => offset)).toEqual([0, 1, 6, 7]);
  });

  test("compaction leaves gaps, and no page hangs on them or comes short", async () => {
    const configs = {
      "cleanup.policy": "compact",
      "segment.ms": "500",
      "min.cleanable.dirty.ratio": "0.01",
      "min.compaction.lag.ms": "0",
    };
    await makeTopic(clientOf(context), "hard.compacted", { configs });
    const place = { topic: "hard.compacted", partition: 0 };
    const started = Date.now();
    for (let round = 0; round < 40; round++) {
      const records = Array.from({ length: 50 }, (_, index) =>
        textRecord(round === 0 ? `kept ${index}` : "same", `${round}.${index}`, started + round),
      );
      await appendBatch(clientOf(context), place, records, { codec: "gzip" });
    }
    // A new segment, so that the one before may be cleaned: it rolls at the next append after segment.ms.
    const limitMs = Date.now() + 300_000;
    let count = Number.POSITIVE_INFINITY;
    while (count > 500 && Date.now() < limitMs) {
      await appendBatch(clientOf(context), place, [textRecord("roll", "roll", Date.now())]);
      count = good(await read("hard.compacted", { from: "oldest", limit: 5_000 })).records.length;
    }
    expect(count).toBeLessThanOrEqual(500);
    const newest = good(await read("hard.compacted", { limit: 52 }));
    const oldest = good(await read("hard.compacted", { from: "oldest", limit: 50 }));
    expect(newest.records).toHaveLength(52);
    expect(newest.partitions[0]?.problem).toBeNull();
    expect(oldest.records.map(({ key }) => key.text)).toEqual(
      Array.from({ length: 50 }, (_, index) => `kept ${index}`),
    );
    const inside = good(await read("hard.compacted", { from: "offset", offset: "60", limit: 1 }));
    expect(Number(inside.records[0]?.offset)).toBeGreaterThan(60);
  });

  test("two thousand topics are listed by a handful of requests", async () => {
    const client = clientOf(context);
    const { createTopics } = await import("../client/admin/topics.ts");
    const names = Array.from({ length: 2_000 }, (_, index) => `hard.many.${index}`);
    for (let from = 0; from < names.length; from += 100) {
      const topics = names.slice(from, from + 100).map((name) => ({ name, partitions: 1, replicationFactor: 1 }));
      await createTopics(client, topics);
    }
    const whole = async () => {
      const list = good(await listTopics(context, localUser, { cluster }));
      return list.problems.length === 0 && list.topics.filter(({ messages }) => messages !== null).length >= 2_000;
    };
    await expect.poll(whole, { interval: 1_000 }).toBe(true);
    const send = client.send.bind(client);
    const asked: string[] = [];
    client.send = (api, request, options) => {
      asked.push(api.name);
      return send(api, request, options);
    };
    context.clusters.get(cluster)?.forgetTopics();
    const list = good(await listTopics(context, localUser, { cluster }));
    expect(list.problems).toEqual([]);
    expect(
      list.topics.filter(
        ({ messages, sizeBytes, retentionMs }) => messages === null || sizeBytes === null || retentionMs === null,
      ),
    ).toEqual([]);
    expect(asked.filter((name) => name !== "DescribeConfigs").sort()).toEqual([
      "DescribeLogDirs",
      "ListOffsets",
      "ListOffsets",
      "Metadata",
    ]);
    expect(asked.filter((name) => name === "DescribeConfigs").length).toBeLessThanOrEqual(5);
    asked.length = 0;
    await Promise.all([1, 2, 3].map(() => listTopics(context, localUser, { cluster })));
    expect(asked).toEqual([]);
    client.send = send;
  });
});

/** AclOperation's numbers. */
const ACL = { read: 3, write: 4, describe: 8, describeConfigs: 10 } as const;

/** ResourceType's numbers. */
const RESOURCE = { topic: 2, group: 3, cluster: 4 } as const;

type Rule = {
  /** A topic when absent. */
  readonly resource?: keyof typeof RESOURCE;
  readonly name: string;
  readonly operation: number;
  readonly principal: string;
  readonly host?: string;
  readonly isPrefix?: boolean;
  readonly isDenied?: boolean;
};

/** Writes rules. */
async function allow(owner: ConsoleContext, rules: readonly Rule[]): Promise<void> {
  const creations = rules.map(({ resource = "topic", name, operation, principal, host = "*", ...rule }) => ({
    resourceType: RESOURCE[resource],
    resourceName: name,
    resourcePatternType: rule.isPrefix === true ? 4 : 3,
    principal,
    host,
    operation,
    permissionType: rule.isDenied === true ? 2 : 3,
  }));
  const { results } = await clientOf(owner).send(CreateAcls, { creations }, { to: "controller" });
  expect(results.map(({ errorCode }) => errorCode)).toEqual(rules.map(() => 0));
}

function factsOf(result: Result<unknown>): readonly (readonly [string, string])[] {
  return result.ok ? [] : result.problem.facts;
}

describeJudged("a cluster that asks who is there, on Apache Kafka", ["java", "mvn"], () => {
  let kafka: ApacheKafka;
  beforeAll(async () => {
    const authorizer = "org.apache.kafka.metadata.authorizer.StandardAuthorizer";
    kafka = await startApacheKafka({
      tls: true,
      properties: { "authorizer.class.name": authorizer, "super.users": "User:ANONYMOUS" },
    });
  });
  afterAll(() => kafka.stop());

  const loginAs = (password: string, mechanism = "SCRAM-SHA-512") => ({
    "security.protocol": "SASL_PLAINTEXT",
    "sasl.mechanism": mechanism,
    "sasl.jaas.config": `org.apache.kafka.common.security.scram.ScramLoginModule required username="${saslUser.username}" password="${password}";`,
  });

  test("a right that is missing is named with who lacks it and the command that grants it", async () => {
    const owner = contextOf(kafka.bootstrap);
    await makeTopic(clientOf(owner), "guarded");
    await closeContext(owner);
    const context = contextOf(kafka.saslBootstrap, loginAs(saslUser.password));
    expect(good(await listTopics(context, localUser, { cluster })).topics).toEqual([]);
    const seen = bad(await describeTopic(context, localUser, { cluster, topic: "guarded" }));
    expect(seen).toMatchObject({ code: "not-authorised", title: "Topic guarded could not be described" });
    expect(seen.facts).toContainEqual(["needs", "Describe on topic guarded"]);
    expect(seen.facts).toContainEqual(["as", "User:alice"]);
    expect(seen.facts).toContainEqual([
      "grant",
      `kafka-acls.sh --bootstrap-server ${kafka.saslBootstrap} --add --allow-principal 'User:alice' --operation Describe --topic 'guarded'`,
    ]);
    const input = { cluster, name: "mine", partitions: 1, replicationFactor: 1, configs: {} };
    const made = bad(await createTopic(context, localUser, input));
    expect(made.facts).toContainEqual(["needs", "Create on topic mine"]);
    await closeContext(context);
  });

  test("who has access to a topic is told by every pattern that its name falls under, with the right that this takes", async () => {
    const owner = contextOf(kafka.bootstrap);
    await makeTopic(clientOf(owner), "rules.orders");
    await allow(owner, [
      { name: "rules.orders", operation: ACL.read, principal: "User:reader" },
      { name: "rules.", isPrefix: true, operation: ACL.write, principal: "User:writer", host: "10.0.0.7" },
      { name: "*", operation: ACL.describe, principal: "User:watcher", isDenied: true },
      { name: "another", operation: ACL.read, principal: "User:stranger" },
    ]);
    const access = async (context: ConsoleContext) =>
      await listTopicAccess(context, localUser, { cluster, topic: "rules.orders" });
    await expect.poll(async () => good(await access(owner)).entries).toHaveLength(3);
    expect(good(await access(owner))).toMatchObject({
      open: null,
      entries: [
        { principal: "User:reader", operation: "Read", permission: "Allow", pattern: "literal", host: "*" },
        { principal: "User:watcher", operation: "Describe", permission: "Deny", pattern: "wildcard", resource: "*" },
        { principal: "User:writer", operation: "Write", pattern: "prefixed", resource: "rules.", host: "10.0.0.7" },
      ],
    });
    const plan = good(await planTopicDeletion(owner, localUser, { cluster, topic: "rules.orders" }));
    expect(plan).toMatchObject({ accessEntries: 1, problems: [] });
    await allow(owner, [{ name: "rules.orders", operation: ACL.describe, principal: "User:alice" }]);
    const alice = contextOf(kafka.saslBootstrap, loginAs(saslUser.password));
    await expect.poll(async () => factsOf(await access(alice))).toContainEqual(["needs", "Describe on the cluster"]);
    await Promise.all([closeContext(owner), closeContext(alice)]);
  });

  test("with half of the rights, what may be read is read, and each change that may not be made is refused by name", async () => {
    const owner = contextOf(kafka.bootstrap);
    const topic = "half.orders";
    await makeTopic(clientOf(owner), topic, { configs: { "retention.ms": "-1" } });
    await appendBatch(clientOf(owner), { topic, partition: 0 }, [textRecord("k", "v", 1_000)]);
    const granted = [ACL.read, ACL.describe, ACL.describeConfigs];
    await allow(
      owner,
      granted.map((operation) => ({ name: topic, operation, principal: "User:alice" })),
    );
    const alice = contextOf(kafka.saslBootstrap, loginAs(saslUser.password));
    const seen = async () => describeTopic(alice, localUser, { cluster, topic });
    const value = { partitionCount: 1, rights: ["Read", "Describe", "DescribeConfigs"] };
    await expect.poll(seen).toMatchObject({ ok: true, value });
    const listed = good(await listTopics(alice, localUser, { cluster }));
    expect(listed.topics.find(({ name }) => name === topic)).toMatchObject({ messages: 1, retentionMs: -1 });
    const refusals = {
      "alter-topic-configs": [{ changes: [{ topic, configs: { "retention.ms": "1" } }] }, "AlterConfigs"],
      "add-partitions": [{ topic, count: 3 }, "Alter"],
      "delete-records": [{ topics: [topic], upTo: { kind: "everything" } }, "Delete"],
      "recreate-topic": [{ topic }, "Create"],
      "delete-topics": [{ topics: [{ name: topic }] }, "Delete"],
    } as const;
    const commands: (string | null)[] = [];
    for (const [kind, [input, right]] of Object.entries(refusals)) {
      const planned = await planChange(alice, localUser, { cluster, kind, input });
      if (planned.ok) commands.push(planned.value.cli);
      const made = planned.ok
        ? await makeChange(alice, localUser, { cluster, kind, input, fingerprint: planned.value.fingerprint })
        : planned;
      expect(bad(made), kind).toMatchObject({ code: "not-authorised" });
      expect(factsOf(made), kind).toContainEqual(["needs", `${right} on topic ${topic}`]);
    }
    // What may be planned is shown as a command that logs in.
    expect(commands).toContainEqual(expect.stringContaining("--command-config client.properties --delete --topic"));
    expect(good(await describeTopic(owner, localUser, { cluster, topic }))).toMatchObject({
      partitionCount: 1,
      messages: 1,
      retentionMs: -1,
    });
    await Promise.all([closeContext(owner), closeContext(alice)]);
  });

  test("groups that may not be seen are named, and no lag of some is told as that of all", async () => {
    const owner = contextOf(kafka.bootstrap);
    const topic = "half.seen";
    await makeTopic(clientOf(owner), topic);
    const records = Array.from({ length: 9 }, (_, index) => textRecord(`k${index}`, "v", Date.now()));
    await appendBatch(clientOf(owner), { topic, partition: 0 }, records);
    for (const group of ["half.open", "half.closed"])
      await commitGroupOffsets(clientOf(owner), group, [{ topic, partition: 0, offset: 2 }]);
    await allow(
      owner,
      [
        { resource: "cluster", name: "kafka-cluster" } as const,
        { resource: "topic", name: topic } as const,
        { resource: "group", name: "half.open" } as const,
      ].map((own) => ({ ...own, operation: ACL.describe, principal: "User:alice" })),
    );
    await closeContext(owner);

    const context = contextOf(kafka.saslBootstrap, loginAs(saslUser.password));
    let seen = await listGroups(context, localUser, { cluster });
    const group = (id: string) => (seen.ok ? seen.value.groups.find(({ groupId }) => groupId === id) : undefined);
    // The broker hears of its controller what was allowed.
    await until(async () => {
      seen = await listGroups(context, localUser, { cluster });
      return group("half.open")?.lagMessages === 7;
    });
    const { problems } = good(seen);
    expect(group("half.open")).toMatchObject({ members: 0 });
    expect(group("half.closed")).toMatchObject({ lagMessages: null, members: null });
    const refused = problems.find(({ title }) => title === "Some groups could not be read");
    expect(refused?.facts).toContainEqual(["needs", "Describe on group half.closed"]);
    expect(good(await readOverview(context, localUser, { cluster })).lagMessages).toBeNull();
    const closed = bad(await describeGroup(context, localUser, { cluster, group: "half.closed" }));
    expect(closed).toMatchObject({ code: "not-authorised" });
    await closeContext(context);
  });

  test.each(["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"])(
    "a wrong password by %s is said as such, and nowhere shown",
    async (mechanism) => {
      const context = contextOf(kafka.saslBootstrap, loginAs("not-the-password", mechanism));
      const problem = bad(await listTopics(context, localUser, { cluster }));
      expect(problem).toMatchObject({ code: "authentication-failed", retryable: false });
      expect(JSON.stringify(problem)).not.toContain("not-the-password");
      await closeContext(context);
    },
  );

  test("produce and browse over TLS, by Kafka's own client properties", async () => {
    const properties = { "security.protocol": "SSL", "ssl.truststore.certificates": kafka.certificate };
    const context = contextOf(kafka.tlsBootstrap, properties);
    await makeTopic(clientOf(context), "secret");
    const value = { encoding: "utf8", text: "hello" } as const;
    const message = { cluster, topic: "secret", partition: null, timestampMs: null, key: null, value, headers: [] };
    const written = good(await produceMessage(context, localUser, { ...message, codec: "none", acks: "all" }));
    const where = { cluster, topic: "secret", partition: written.partition, offset: written.offset ?? "" };
    expect(good(await readRecord(context, localUser, where)).value.base64).toBe("aGVsbG8=");
    await closeContext(context);
    const untrusting = contextOf(kafka.tlsBootstrap, { "security.protocol": "SSL" });
    const refused = bad(await listTopics(untrusting, localUser, { cluster }));
    expect(refused).toMatchObject({ code: "cluster-unreachable" });
    expect(refused.suggestion).toContain("ssl.truststore");
    await closeContext(untrusting);
  });
});
