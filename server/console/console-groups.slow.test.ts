import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GroupDetail } from "../../lib/contracts/groups.ts";
import { type ApacheKafka, startApacheKafka } from "../testing/apache-kafka.ts";
import { clientOf, cluster, contextOf, good } from "../testing/console-context.ts";
import { describeWatchedGroups } from "../testing/console-groups-suite.ts";
import { describeJudged } from "../testing/judges.ts";
import { runKafkaTool } from "../testing/kafka-tool.ts";
import { appendBatch, makeTopic, textRecord } from "../testing/seed-topic.ts";
import { until } from "../testing/until.ts";
import { StreamsGroupHeartbeat } from "../wire/apis/streams-group-heartbeat.ts";
import { localUser } from "./actor.ts";
import { closeContext, type ConsoleContext } from "./context.ts";
import { describeGroup } from "./describe-group.ts";
import { listGroups } from "./list-groups.ts";
import { setOffsetsChange } from "./set-offsets.ts";

describeJudged("watched groups", ["java", "mvn"], () => {
  describeWatchedGroups("Apache Kafka 4.2", () => startApacheKafka());
});

describeJudged("groups of every type on Apache Kafka 4.2", ["java", "mvn"], () => {
  let kafka: ApacheKafka;
  let context: ConsoleContext;
  const topic = "judged.orders";

  beforeAll(async () => {
    kafka = await startApacheKafka();
    context = contextOf(kafka.bootstrap);
    await makeTopic(clientOf(context), topic, { partitions: 3 });
    const records = Array.from({ length: 10 }, (_, index) => textRecord(`k${index}`, "v", Date.now()));
    for (const partition of [0, 1, 2]) await appendBatch(clientOf(context), { topic, partition }, records);
  });
  afterAll(async () => {
    await closeContext(context);
    await kafka.stop();
  });

  const detail = async (group: string) => good(await describeGroup(context, localUser, { cluster, group }));
  /** A Java consumer that reads everything and waits for more until it is told to leave; settles when the console sees it at rest. */
  const consume = async (tool: "consoleConsumer" | "consoleShareConsumer", group: string, ...rest: string[]) => {
    const args = ["--bootstrap-server", kafka.bootstrap, "--topic", topic, "--group", group];
    const end = new AbortController();
    const finished = runKafkaTool(tool, [...args, ...rest], { leave: end.signal });
    const leave = async () => {
      end.abort();
      await finished;
    };
    let found: GroupDetail | undefined;
    await until(async () => {
      const result = await describeGroup(context, localUser, { cluster, group });
      if (result.ok) found = result.value;
      return found?.state === "Stable" && found.memberList.some(({ assignment }) => assignment?.length === 1);
    });
    if (found === undefined) throw new Error("the group was seen");
    return { found, leave };
  };
  /** Rows of kafka-consumer-groups --describe, by its own head. */
  const judged = async (group: string) => {
    const { stdout, stderr } = await runKafkaTool("consumerGroups", [
      "--bootstrap-server",
      kafka.bootstrap,
      "--describe",
      "--group",
      group,
    ]);
    const lines = stdout.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("Consumer group"));
    const head = lines[0]?.trim().split(/\s+/) ?? [];
    if (!head.includes("LAG")) throw new Error(`no table: ${stdout}${stderr}`);
    const number = (text: string | undefined) => (text === "-" ? null : text);
    return lines.slice(1).map((line) => {
      const cells = line.trim().split(/\s+/);
      const cell = (name: string) => cells[head.indexOf(name)];
      return [
        cell("TOPIC"),
        cell("PARTITION"),
        number(cell("CURRENT-OFFSET")),
        number(cell("LOG-END-OFFSET")),
        number(cell("LAG")),
        cell("CLIENT-ID"),
      ];
    });
  };
  const ours = ({ partitions, memberList }: GroupDetail) =>
    partitions.map(({ topic: name, partition, committedOffset, endOffset, lagMessages, memberId }) => [
      name,
      String(partition),
      committedOffset,
      endOffset,
      lagMessages === null ? null : String(lagMessages),
      memberList.find((member) => member.memberId === memberId)?.clientId ?? "-",
    ]);
  const sorted = (rows: readonly (readonly unknown[])[]) => rows.map((row) => JSON.stringify(row)).sort();

  test.each(["classic", "consumer"])(
    "a Java consumer of protocol %s has the numbers of kafka-consumer-groups",
    async (protocol) => {
      const group = `judged.${protocol}`;
      const property = ["--command-property", `group.protocol=${protocol}`, "--from-beginning"];
      const { leave } = await consume("consoleConsumer", group, ...property);
      await until(async () => (await detail(group)).partitions.every(({ lagMessages }) => lagMessages === 0));
      const found = await detail(group);
      expect(found).toMatchObject({ protocol, state: "Stable" });
      expect(found.memberList[0]?.assignment).toEqual([{ topic, partitions: [0, 1, 2] }]);
      if (protocol === "consumer") expect(found.generation).toBeGreaterThan(0);
      expect(sorted(ours(found))).toEqual(sorted(await judged(group)));
      await leave();
      await expect.poll(async () => (await detail(group)).memberList).toEqual([]);
    },
  );

  test("a group that lags and never committed everywhere has the numbers of kafka-consumer-groups", async () => {
    const offsets = { [topic]: { "0": "3", "1": "10" } };
    const input = { cluster, group: "judged.behind", offsets, goal: null, topics: null, isNew: true, metadata: {} };
    good(await setOffsetsChange.actOn(context, localUser, input, {}));
    expect(sorted(ours(await detail("judged.behind")))).toEqual(sorted(await judged("judged.behind")));
  });

  test("a share group is told with its members and where it reads", async () => {
    const { found, leave } = await consume("consoleShareConsumer", "judged.share");
    expect(found).toMatchObject({ protocol: "share", state: "Stable" });
    expect(found.memberList[0]?.assignment).toEqual([{ topic, partitions: [0, 1, 2] }]);
    expect(found.generation).toBeGreaterThan(0);
    // It begins at the end (share.auto.offset.reset), and where it reads is known once something was acknowledged.
    await until(async () => {
      await appendBatch(clientOf(context), { topic, partition: 0 }, [textRecord("late", "v", Date.now())]);
      return (await detail("judged.share")).partitions.some(({ committedOffset }) => Number(committedOffset) > 10);
    });
    const listed = good(await listGroups(context, localUser, { cluster })).groups.find(
      ({ groupId }) => groupId === "judged.share",
    );
    expect(listed).toMatchObject({ protocol: "share", members: 1 });
    await leave();
  });

  test("a group of Kafka Streams is told with its tasks as the partitions that they read", async () => {
    const heartbeat = {
      groupId: "judged.streams",
      memberId: randomUUID(),
      memberEpoch: 0,
      endpointInformationEpoch: 0,
      rebalanceTimeoutMs: 30_000,
      processId: randomUUID(),
      activeTasks: [],
      standbyTasks: [],
      warmupTasks: [],
      clientTags: [],
      shutdownApplication: false,
      topology: {
        epoch: 0,
        subtopologies: [
          {
            subtopologyId: "0",
            sourceTopics: [topic],
            sourceTopicRegex: [],
            stateChangelogTopics: [],
            repartitionSinkTopics: [],
            repartitionSourceTopics: [],
            copartitionGroups: [],
          },
        ],
      },
    };
    const answer = await clientOf(context).ask(StreamsGroupHeartbeat, heartbeat, {
      to: { coordinator: "group", key: heartbeat.groupId },
      errorCodes: ({ errorCode }) => [errorCode],
    });
    expect(answer.errorCode).toBe(0);
    const found = await detail("judged.streams");
    expect(found.protocol).toBe("streams");
    expect(found.memberList.length).toBe(1);
    const listed = good(await listGroups(context, localUser, { cluster })).groups.find(
      ({ groupId }) => groupId === "judged.streams",
    );
    expect(listed).toMatchObject({ protocol: "streams", members: 1 });
  });

  describe("the commands beside a reset", () => {
    test.each([
      ["to a time", ["--all-topics", "--to-datetime", "2011-06-01T00:00:00.000"], ["0", "0", "0"]],
      ["by a shift, of one partition", ["--topic", `${topic}:1`, "--shift-by", "-2"], ["5", "3", "5"]],
      ["by a duration", ["--topic", topic, "--by-duration", "PT864000S"], ["0", "0", "0"]],
    ])("move offsets %s as the console plans it", async (words, args, expected) => {
      const group = `judged ${words}`;
      const offsets = { [topic]: { "0": "5", "1": "5", "2": "5" } };
      const input = { cluster, group, offsets, goal: null, topics: null, isNew: true, metadata: {} };
      good(await setOffsetsChange.actOn(context, localUser, input, {}));
      await runKafkaTool("consumerGroups", [
        "--bootstrap-server",
        kafka.bootstrap,
        "--group",
        group,
        "--reset-offsets",
        ...args,
        "--execute",
      ]);
      expect((await detail(group)).partitions.map(({ committedOffset }) => committedOffset)).toEqual(expected);
    });
  });
});
