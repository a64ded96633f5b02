import { describe, expect, test } from "vitest";
import { describeBrokerConfigsCommand, describeLogDirsCommand, listBrokersCommand } from "@/lib/cli/brokers";
import { describeGroupCommand, describeMembersCommand, listGroupsCommand, setOffsetsCommand } from "@/lib/cli/groups";
import { produceMessageCommand, readMessagesCommand, readRecordCommand } from "@/lib/cli/messages";
import type { OffsetGoal } from "@/lib/contracts/group-offsets";
import { shellQuote } from "@/lib/cli/shell-quote";
import {
  addPartitionsCommand,
  alterConfigsCommand,
  createTopicCommand,
  deleteRecordsCommand,
  deleteTopicsCommand,
} from "@/lib/cli/topics";

const bootstrap = ["127.0.0.1:9092"];

test.each([
  ["orders.v2", "orders.v2"],
  ["a b", "'a b'"],
  ["it's", String.raw`'it'\''s'`],
  ["", "''"],
  ["$(rm)", "'$(rm)'"],
])("shellQuote writes %j as %s", (word, quoted) => expect(shellQuote(word)).toBe(quoted));

describe("commands", () => {
  test("create a topic with what was chosen", () => {
    expect(
      createTopicCommand(bootstrap, {
        name: "orders",
        partitions: 3,
        replicationFactor: null,
        configs: { "cleanup.policy": "compact" },
      }),
    ).toBe(
      "kafka-topics.sh --bootstrap-server 127.0.0.1:9092 --create --topic orders --partitions 3 --config cleanup.policy=compact",
    );
  });

  test("delete topics, one a line, each by its own name alone", () =>
    expect(deleteTopicsCommand(["a:1", "b:2"], ["orders", "orders.v2"])).toBe(
      String.raw`kafka-topics.sh --bootstrap-server a:1,b:2 --delete --topic orders
kafka-topics.sh --bootstrap-server a:1,b:2 --delete --topic 'orders\.v2'`,
    ));

  test("grow a topic", () =>
    expect(addPartitionsCommand(bootstrap, "orders", 12)).toBe(
      "kafka-topics.sh --bootstrap-server 127.0.0.1:9092 --alter --topic orders --partitions 12",
    ));

  test("set configs and take others back, a list in brackets", () =>
    expect(
      alterConfigsCommand(bootstrap, "orders", {
        "retention.ms": "60000",
        "cleanup.policy": "compact,delete",
        "segment.ms": null,
      }),
    ).toBe(
      "kafka-configs.sh --bootstrap-server 127.0.0.1:9092 --alter --entity-type topics --entity-name orders --add-config 'retention.ms=60000,cleanup.policy=[compact,delete]' --delete-config segment.ms",
    ));

  test("delete records before offsets", () =>
    expect(deleteRecordsCommand(bootstrap, [{ topic: "orders", partition: 2, offset: "9007199254740993" }])).toBe(
      `kafka-delete-records.sh --bootstrap-server 127.0.0.1:9092 --offset-json-file <(echo '{"partitions":[{"topic":"orders","partition":2,"offset":9007199254740993}],"version":1}')`,
    ));

  test("read what the browser shows", () => {
    expect(readMessagesCommand(bootstrap, "orders", { from: "newest", limit: 50 }, false)).toBe(
      "kcat -C -b 127.0.0.1:9092 -t orders -o -50 -e",
    );
    expect(
      readMessagesCommand(bootstrap, "orders", { from: "offset", offset: "7", partitions: "2", limit: 50 }, false),
    ).toBe("kcat -C -b 127.0.0.1:9092 -t orders -o 7 -p 2 -e -c 50");
    expect(readMessagesCommand(bootstrap, "orders", { from: "newest", limit: 50 }, true)).toBe(
      "kcat -C -b 127.0.0.1:9092 -t orders -o end",
    );
  });

  test("read one record", () =>
    expect(readRecordCommand(bootstrap, "orders", 1, "9")).toBe(
      "kcat -C -b 127.0.0.1:9092 -t orders -p 1 -o 9 -c 1 -e -J",
    ));

  test("produce a tombstone with its key and headers", () => {
    expect(
      produceMessageCommand(bootstrap, {
        topic: "orders",
        key: { encoding: "utf8", text: "k 1" },
        value: null,
        headers: [{ key: "h", value: { encoding: "utf8", text: "v" } }],
        partition: 0,
        timestampMs: null,
        codec: "gzip",
        acks: "all",
      }),
    ).toBe("printf %s '' | kcat -P -b 127.0.0.1:9092 -t orders -p 0 -k 'k 1' -Z -z gzip -H h=v -X acks=all /dev/stdin");
  });
});

describe("consumer groups", () => {
  test("a group is described by its name, quoted where the shell would read it", () => {
    expect(listGroupsCommand(bootstrap)).toBe(
      "kafka-consumer-groups.sh --bootstrap-server 127.0.0.1:9092 --list --state",
    );
    expect(describeGroupCommand(bootstrap, "my group's")).toBe(
      String.raw`kafka-consumer-groups.sh --bootstrap-server 127.0.0.1:9092 --describe --group 'my group'\''s'`,
    );
    expect(describeMembersCommand(bootstrap, "billing")).toMatch(/--group billing --members --verbose$/);
  });
});

describe("brokers", () => {
  test("a broker is named by its id", () => {
    expect(listBrokersCommand(bootstrap)).toMatch(/^kafka-broker-api-versions\.sh --bootstrap-server /);
    expect(describeLogDirsCommand(bootstrap, 2)).toMatch(/^kafka-log-dirs\.sh .* --describe --broker-list 2$/);
    expect(describeBrokerConfigsCommand(bootstrap, 2)).toMatch(
      /^kafka-configs\.sh .* --entity-type brokers --entity-name 2$/,
    );
  });
});

describe("offsets of groups", () => {
  const change = { group: "billing", offsets: { orders: { "0": "4", "1": null } }, topics: null };
  test.each<[OffsetGoal, string]>([
    [{ to: "earliest" }, "--all-topics --to-earliest"],
    [{ to: "time", timeMs: Date.UTC(2026, 10, 22, 9) }, "--all-topics --to-datetime 2026-11-22T09:00:00.000"],
    [{ to: "duration", durationMs: 90_000 }, "--all-topics --by-duration PT90S"],
    [{ to: "shift", by: -3 }, "--all-topics --shift-by -3"],
  ])("%j is the option of Kafka's tool", (goal, option) =>
    expect(setOffsetsCommand(bootstrap, { ...change, goal })).toBe(
      `kafka-consumer-groups.sh --bootstrap-server 127.0.0.1:9092 --group billing --reset-offsets ${option} --execute`,
    ),
  );

  test("single offsets go by a file, and deleting by a command of its own; topics and partitions are named", () => {
    expect(setOffsetsCommand(bootstrap, { ...change, goal: null })).toBe(
      [
        "cat > offsets.csv <<'END'\norders,0,4\nEND",
        "kafka-consumer-groups.sh --bootstrap-server 127.0.0.1:9092 --group billing --reset-offsets --from-file offsets.csv --execute",
        "kafka-consumer-groups.sh --bootstrap-server 127.0.0.1:9092 --group billing --delete-offsets --topic orders:1",
      ].join("\n"),
    );
    const topics = [{ topic: "orders", partitions: [0, 2] }];
    expect(setOffsetsCommand(bootstrap, { ...change, topics, goal: { to: "latest" } })).toContain(
      "--topic orders:0,2 --to-latest",
    );
  });
});
