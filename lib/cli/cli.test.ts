import { describe, expect, test } from "vitest";
import { describeBrokerConfigsCommand, describeLogDirsCommand, listBrokersCommand } from "@/lib/cli/brokers";
import { describeGroupCommand, describeMembersCommand, listGroupsCommand } from "@/lib/cli/groups";
import { produceMessageCommand, readMessagesCommand, readRecordCommand } from "@/lib/cli/messages";
import { shellQuote } from "@/lib/cli/shell-quote";
import { createTopicCommand, deleteTopicCommand } from "@/lib/cli/topics";

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

  test("delete a topic", () =>
    expect(deleteTopicCommand(["a:1", "b:2"], "orders")).toBe(
      "kafka-topics.sh --bootstrap-server a:1,b:2 --delete --topic orders",
    ));

  test("read what the browser shows", () => {
    expect(readMessagesCommand(bootstrap, "orders", { from: "newest", limit: 50 }, false)).toBe(
      "kcat -C -b 127.0.0.1:9092 -t orders -o -50 -e",
    );
    expect(
      readMessagesCommand(bootstrap, "orders", { from: "offset", offset: "7", partition: 2, limit: 50 }, false),
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
