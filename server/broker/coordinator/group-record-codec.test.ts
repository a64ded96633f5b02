import { expect, test } from "vitest";
import { batchesIn } from "../../wire/record-batch.ts";
import { buildBatch } from "../../wire/record-batch-builder.ts";
import { recordsOf } from "../../wire/record-cursor.ts";
import { encodeCoordinatorKey, encodeCoordinatorValue } from "../../wire/coordinator-record.ts";
import { ConsumerGroupMetadataKey } from "../../wire/records/group/consumer-group-metadata.ts";
import { LegacyOffsetCommitKey, LegacyOffsetCommitValue } from "../../wire/records/group/legacy-offset-commit.ts";
import { ZERO_UUID } from "../../wire/uuid.ts";
import { WireError } from "../../wire/wire-error.ts";
import { topicsOfSubscription } from "./consumer-subscription.ts";
import { decodeGroupRecord, encodeGroupRecord } from "./group-record-codec.ts";
import type { GroupRecord } from "./group-record.ts";

/** The log of a partition of `__consumer_offsets` that Apache Kafka 4.2.2 wrote for one console consumer: it came, committed and left. */
const KAFKA_LOG = Buffer.from(
  [
    "00000000000000000000005600000000022caf6329000000000000000001a21205d158000001a21205d158ffffffffffffffffffff0000000000",
    "000001480000000c000200026731300003000000000000ffffffff000001a21205d14a00000000000000000000000001000001310000000002b6",
    "be6a98000000000000000001a21205d181000001a21205d181ffffffffffffffffffff0000000000000001fc030000000c000200026731e20300",
    "030008636f6e73756d657200000001000572616e67650035636f6e736f6c652d636f6e73756d65722d65653162336635372d393163382d346261",
    "322d613933612d623530393765623839626632000001a21205d167000000010035636f6e736f6c652d636f6e73756d65722d6565316233663537",
    "2d393163382d346261322d613933612d623530393765623839626632ffff0010636f6e736f6c652d636f6e73756d6572000a2f3132372e302e30",
    "2e31000493e00000afc800000017000300000001000174ffffffff00000000ffffffffffff000000190003000000010001740000000200000000",
    "00000001ffffffff0000000000000000020000008900000000020d47b933000000000001000001a21205d1f5000001a21205d1f5ffffffffffff",
    "ffffffff0000000000000002560000001a000100026731000174000000013000040000000000000000ffffffff01000001a21205d1f200005600",
    "00021a00010002673100017400000000300004000000000000000a0000000001000001a21205d1f2000000000000000000040000005e00000000",
    "02de4aeeed000000000000000001a21205d201000001a21205d201ffffffffffffffffffff0000000000000001580000000c0002000267314000",
    "030008636f6e73756d657200000002ffffffff000001a21205d2000000000000",
  ].join(""),
  "hex",
);

function records() {
  const found: (GroupRecord | undefined)[] = [];
  for (const batch of batchesIn(KAFKA_LOG)) {
    for (const { key, value } of recordsOf(batch)) found.push(decodeGroupRecord(key ?? new Uint8Array(), value));
  }
  return found;
}

test("reads what Kafka wrote", () => {
  const [created, stable, firstOffset, secondOffset, empty] = records();
  expect(created).toMatchObject({
    type: "group-metadata",
    groupId: "g1",
    value: { protocolType: "", generationId: 0, members: [] },
  });
  expect(stable).toMatchObject({ value: { protocolType: "consumer", generationId: 1, protocolName: "range" } });
  expect(firstOffset).toMatchObject({
    type: "offset-commit",
    topic: "t",
    partition: 1,
    value: { offset: 0, leaderEpoch: -1, topicId: ZERO_UUID },
  });
  expect(secondOffset).toMatchObject({ partition: 0, value: { offset: 10, leaderEpoch: 0, metadata: "" } });
  expect(empty).toMatchObject({ value: { generationId: 2, protocolName: null, leaderId: null, members: [] } });
  const member = stable?.type === "group-metadata" ? stable.value?.members[0] : undefined;
  expect(member).toMatchObject({
    clientId: "console-consumer",
    clientHost: "/127.0.0.1",
    groupInstanceId: null,
    rebalanceTimeoutMs: 300_000,
    sessionTimeoutMs: 45_000,
  });
  expect(topicsOfSubscription(member?.subscription ?? new Uint8Array())).toEqual(["t"]);
});

test("writes the same records as Kafka, byte for byte, batch by batch", () => {
  for (const batch of batchesIn(KAFKA_LOG)) {
    const theirs = Buffer.from(batch.bytes.subarray(batch.position, batch.position + batch.sizeBytes));
    const timestampMs = batch.baseTimestampMs;
    const encoded = [...recordsOf(batch)].map(({ key, value }) => {
      const record = decodeGroupRecord(key ?? new Uint8Array(), value);
      if (record === undefined) throw new Error("a record of Kafka's is not known");
      return { timestampMs, ...encodeGroupRecord(record) };
    });
    const place = { baseOffset: batch.baseOffset, partitionLeaderEpoch: batch.partitionLeaderEpoch };
    expect(Buffer.from(buildBatch(encoded, { ...place, baseSequence: 0 }))).toEqual(theirs);
  }
});

test.each<{ what: string; record: GroupRecord }>([
  { what: "a tombstone of a group", record: { type: "group-metadata", groupId: "g", value: null } },
  {
    what: "a tombstone of an offset",
    record: { type: "offset-commit", groupId: "g", topic: "t", partition: 3, value: null },
  },
  { what: "an offset with a topic id", record: offset({ topicId: "AAAAAAAAAAAAAAAAAAAAAQ" }) },
  { what: "an offset with its own expiry", record: offset({ expireTimestampMs: 1_700_000_000_000, leaderEpoch: -1 }) },
])("$what comes back as it went", ({ record }) => {
  const { key, value } = encodeGroupRecord(record);
  expect(decodeGroupRecord(key, value)).toEqual(record);
});

test("reads offsets as brokers before Kafka 0.9 wrote them", () => {
  const key = encodeCoordinatorKey(LegacyOffsetCommitKey, { group: "g", topic: "t", partition: 1 });
  const value = encodeCoordinatorValue(LegacyOffsetCommitValue, { offset: 7, metadata: "m", commitTimestamp: 5 }, 0);
  expect(decodeGroupRecord(key, value)).toEqual(
    offset({ offset: 7, leaderEpoch: -1, metadata: "m", commitTimestampMs: 5, partition: 1 }),
  );
});

test("passes over the records of other kinds of groups", () => {
  expect(decodeGroupRecord(encodeCoordinatorKey(ConsumerGroupMetadataKey, { groupId: "g" }), null)).toBeUndefined();
});

test.each([
  { what: "a key of one byte", key: "00", value: null },
  { what: "a key that is cut", key: "000100", value: null },
  { what: "a version that does not exist", key: "0002000167", value: "0009" },
])("refuses $what", ({ key, value }) => {
  expect(() => decodeGroupRecord(Buffer.from(key, "hex"), value === null ? null : Buffer.from(value, "hex"))).toThrow(
    WireError,
  );
});

function offset(fields: {
  offset?: number;
  leaderEpoch?: number;
  metadata?: string;
  commitTimestampMs?: number;
  expireTimestampMs?: number;
  topicId?: string;
  partition?: number;
}): GroupRecord {
  const { partition = 3, ...rest } = fields;
  const plain = {
    offset: 5,
    leaderEpoch: 2,
    metadata: "",
    commitTimestampMs: 9,
    expireTimestampMs: undefined,
    topicId: ZERO_UUID,
  };
  return { type: "offset-commit", groupId: "g", topic: "t", partition, value: { ...plain, ...rest } };
}
