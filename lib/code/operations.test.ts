import { expect, test } from "vitest";
import {
  abortTransactionCode,
  alterConfigsCode,
  alterQuotasCode,
  cancelReassignmentCode,
  electLeadersCode,
  fenceProducerCode,
  moveDirectoriesCode,
  reassignCode,
  unregisterBrokerCode,
} from "@/lib/code/operations";

const place = { topic: "orders", partition: 3 };

test("replicas are moved by kafkajs, and all else by Kafka's own client", () => {
  expect(reassignCode(["a:1"], [{ ...place, replicas: [1, 2] }])).toContain(
    "await admin.alterPartitionReassignments({",
  );
  const many = Array.from({ length: 501 }, (_, partition) => ({ topic: "orders", partition, replicas: [1, 2] }));
  expect(reassignCode(["a:1"], many)).toContain("file with these 501 moves that the desk saves");
  const work = (code: string) => code.split("\n").slice(7, -1).join("\n").trim();
  expect(work(cancelReassignmentCode(["a:1"], [place]))).toBe(
    'admin.alterPartitionReassignments(Map.of(\n    new TopicPartition("orders", 3), Optional.<NewPartitionReassignment>empty()\n  )).all().get();',
  );
  expect(work(electLeadersCode(["a:1"], { election: "preferred", places: [] }))).toBe(
    "admin.electLeaders(ElectionType.PREFERRED, null).partitions().get();",
  );
  expect(work(electLeadersCode(["a:1"], { election: "unclean", places: [place] }))).toContain(
    'ElectionType.UNCLEAN, Set.of(\n    new TopicPartition("orders", 3)',
  );
  expect(work(moveDirectoriesCode(["a:1"], { broker: 2, places: [{ ...place, path: "/disk-2" }] }))).toContain(
    'new TopicPartitionReplica("orders", 3, 2), "/disk-2"',
  );
  const open = { ...place, producerId: "4000", producerEpoch: "2", coordinatorEpoch: "-1" };
  expect(work(abortTransactionCode(["a:1"], open))).toContain(
    'AbortTransactionSpec(new TopicPartition("orders", 3), 4000L, (short) 2, -1)',
  );
  expect(work(fenceProducerCode(["a:1"], 'bill"ing'))).toBe(
    String.raw`admin.fenceProducers(List.of("bill\"ing")).all().get();`,
  );
  expect(work(unregisterBrokerCode(["a:1"], 4))).toBe("admin.unregisterBroker(4).all().get();");
});

test("configs are set and taken back by a program that leaves the others alone", () => {
  const values = { "retention.ms": "60000", "segment.ms": null };
  const code = alterConfigsCode(["a:1"], [{ owner: { type: "topic", name: "orders" }, values }]);
  expect(code).toContain('new ConfigResource(ConfigResource.Type.TOPIC, "orders")');
  expect(code).toContain('new AlterConfigOp(new ConfigEntry("retention.ms", "60000"), AlterConfigOp.OpType.SET)');
  expect(code).toContain('new AlterConfigOp(new ConfigEntry("segment.ms", ""), AlterConfigOp.OpType.DELETE)');
  const many = Array.from({ length: 11 }, (_, broker) => ({
    owner: { type: "broker" as const, name: `${broker}` },
    values,
  }));
  expect(alterConfigsCode(["a:1"], many)).toContain(
    'Map.entry(new ConfigResource(ConfigResource.Type.BROKER, "10"), List.of(',
  );
});

test("quotas are doubles, and the default is null", () => {
  const code = alterQuotasCode(
    ["a:1"],
    { user: "alice", "client-id": null },
    { producer_byte_rate: 5, request_percentage: null },
  );
  expect(code).toContain('entity.put("user", "alice");\n  entity.put("client-id", null);');
  expect(code).toContain('Op("producer_byte_rate", 5.0)');
  expect(code).toContain('Op("request_percentage", null)');
});
