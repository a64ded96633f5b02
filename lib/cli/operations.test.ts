import { describe, expect, test } from "vitest";
import {
  abortTransactionCommand,
  alterConfigsCommand,
  alterQuotasCommand,
  electLeadersCommand,
  unregisterBrokerCommand,
} from "@/lib/cli/operations";
import {
  parseReassignmentJson,
  reassignCommand,
  reassignmentJson,
  cancelReassignmentCommand,
  moveDirectoriesCommand,
} from "@/lib/cli/reassignment";

const bootstrap = ["a:9092", "b:9092"];

describe("moves as kafka-reassign-partitions.sh has them", () => {
  const moves = [{ topic: "orders", partition: 3, to: [1, 2] }];

  test("the file and the command that makes them", () => {
    expect(reassignCommand(bootstrap, { moves, throttleBytesPerSecond: 5_000 })).toBe(
      [
        "cat > reassignment.json <<'EOF'",
        '{"version":1,"partitions":[{"topic":"orders","partition":3,"replicas":[1,2],"log_dirs":["any","any"]}]}',
        "EOF",
        "kafka-reassign-partitions.sh --bootstrap-server a:9092,b:9092 --reassignment-json-file reassignment.json --execute --throttle 5000",
      ].join("\n"),
    );
  });

  test("a long plan is a file of its own", () => {
    const many = Array.from({ length: 501 }, (_, partition) => ({ topic: "orders", partition, to: [1] }));
    expect(reassignCommand(bootstrap, { moves: many, throttleBytesPerSecond: null })).not.toContain("cat >");
  });

  test("taking back names what is under way, and leaves throttles alone", () => {
    const command = cancelReassignmentCommand(bootstrap, [{ topic: "orders", partition: 3, replicas: [1, 2] }]);
    expect(command).toContain('"partition":3,"replicas":[1,2]');
    expect(command).toMatch(/--cancel --preserve-throttles$/);
    expect(cancelReassignmentCommand(bootstrap, [])).toBeNull();
  });

  test("a move to another log directory keeps every replica", () => {
    const assignments = [{ topic: "orders", partition: 3, replicas: [1, 2, 3], path: "/disk-2" }];
    expect(moveDirectoriesCommand(bootstrap, { broker: 2, assignments })).toContain(
      '"replicas":[1,2,3],"log_dirs":["any","/disk-2","any"]',
    );
  });

  test("comes back as it went, and says what is wrong in another's file", () => {
    const assignments = [{ topic: "orders", partition: 0, replicas: [3, 1] }];
    expect(parseReassignmentJson(reassignmentJson(assignments))).toEqual({
      ok: true,
      assignments,
      hasDirectories: false,
    });
    const rollback = '{"partitions":[{"topic":"orders","partition":0,"replicas":[3,1],"log_dirs":["/disk-1","any"]}]}';
    expect(parseReassignmentJson(rollback)).toEqual({ ok: true, assignments, hasDirectories: true });
    const fault = (text: string) => {
      const read = parseReassignmentJson(text);
      return read.ok ? "" : read.fault;
    };
    expect(fault("{")).toMatch(/^It is no JSON/);
    expect(fault('{"version":2,"partitions":[]}')).toBe("Its version is 2; Kafka has version 1 only.");
    const twice = '{"topic":"a","partition":0,"replicas":[1]}';
    expect(fault(`{"partitions":[${twice},${twice}]}`)).toBe("It names a-0 twice.");
    expect(fault('{"version":1}')).toBe('It has no list "partitions".');
    expect(fault('{"partitions":[{"topic":"a","partition":0,"replicas":[]}]}')).toBe(
      'Entry 1 of "partitions" needs a topic, a partition and a list of replicas.',
    );
  });
});

test("leaders are elected of one partition, of some, or of all", () => {
  const election = "preferred" as const;
  const at = (partition: number) => ({ topic: "o", partition });
  expect(electLeadersCommand(bootstrap, { election, places: [] })).toMatch(/--all-topic-partitions$/);
  expect(electLeadersCommand(bootstrap, { election, places: [at(1)] })).toMatch(/--topic o --partition 1$/);
  expect(electLeadersCommand(bootstrap, { election, places: [at(1), at(2)] })).toContain(
    '{"partitions":[{"topic":"o","partition":1},{"topic":"o","partition":2}]}',
  );
});

test("configs are set and taken away in two commands, values with commas in brackets", () => {
  const values = { "log.cleaner.threads": "2", "leader.replication.throttled.replicas": "0:1,0:2", "min.x": null };
  expect(alterConfigsCommand(bootstrap, { type: "brokers", name: null }, values).split("\n")).toEqual([
    "kafka-configs.sh --bootstrap-server a:9092,b:9092 --alter --entity-type brokers --entity-default --add-config 'log.cleaner.threads=2,leader.replication.throttled.replicas=[0:1,0:2]'",
    "kafka-configs.sh --bootstrap-server a:9092,b:9092 --alter --entity-type brokers --entity-default --delete-config min.x",
  ]);
});

test("quotas name their entity, or the default", () => {
  expect(alterQuotasCommand(bootstrap, { user: "al ice", "client-id": null }, { producer_byte_rate: 10 })).toBe(
    "kafka-configs.sh --bootstrap-server a:9092,b:9092 --alter --entity-type users --entity-name 'al ice' --entity-type clients --entity-default --add-config producer_byte_rate=10",
  );
});

test("a transaction is aborted by where it began, a broker unregistered by its id", () => {
  expect(abortTransactionCommand(bootstrap, { topic: "o", partition: 2, startOffset: 7 })).toMatch(
    /abort --topic o --partition 2 --start-offset 7$/,
  );
  expect(unregisterBrokerCommand(bootstrap, 4)).toBe(
    "kafka-cluster.sh unregister --bootstrap-server a:9092,b:9092 --id 4",
  );
});
