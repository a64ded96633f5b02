import { describe, expect, test } from "vitest";
import {
  coordinatorKeyType,
  type CoordinatorRecordType,
  decodeCoordinatorKey,
  decodeCoordinatorValue,
  encodeCoordinatorKey,
  encodeCoordinatorValue,
} from "./coordinator-record.ts";
import { encodeMetadataRecord } from "./metadata-record.ts";
import { groupRecordTypes } from "./records/group/table.ts";
import { decodeMetadataRecord, metadataRecordTypes } from "./records/metadata/table.ts";
import { LeaderChangeMessage } from "./records/raft/leader-change-message.ts";
import { shareRecordTypes } from "./records/share/table.ts";
import { transactionRecordTypes } from "./records/transaction/table.ts";
import golden from "./testing/golden-records.json" with { type: "json" };

// Taken from the log directory of a single Apache Kafka 4.2.2 node after kafkajs, kcat and the Java tools had used it:
// one record of each type and version.
const coordinators: Readonly<Record<string, ReadonlyMap<number, CoordinatorRecordType>>> = {
  group: groupRecordTypes,
  transaction: transactionRecordTypes,
  share: shareRecordTypes,
};

describe("records that Apache Kafka wrote are read and written byte for byte", () => {
  test.each(golden.filter(({ log }) => log === "metadata"))("$name in __cluster_metadata", ({ name, value }) => {
    const record = decodeMetadataRecord(Buffer.from(value, "hex"));
    expect(record.name).toBe(name);
    const type = [...metadataRecordTypes.values()].find((one) => one.name === name);
    // Narrowing: the type that decoded the value encodes it.
    expect(
      type === undefined ? "" : encodeMetadataRecord(type, record.value as never, record.version).toString("hex"),
    ).toBe(value);
  });

  test.each(golden.filter(({ log }) => log !== "metadata"))(
    "$name in the log of its coordinator",
    ({ log, name, key, value }) => {
      const keyBytes = Buffer.from(key ?? "", "hex");
      const pair = coordinators[log]?.get(coordinatorKeyType(keyBytes));
      if (pair === undefined) throw new Error(`no type for ${name}`);
      expect(pair.key.name).toBe(name);
      // Narrowing: the type that decoded key and value encodes them.
      const decodedKey = decodeCoordinatorKey(pair.key, keyBytes) as never;
      expect(encodeCoordinatorKey(pair.key, decodedKey).toString("hex")).toBe(key);
      const decoded = decodeCoordinatorValue(pair.value, Buffer.from(value, "hex"));
      expect(encodeCoordinatorValue(pair.value, decoded.value as never, decoded.version).toString("hex")).toBe(value);
    },
  );

  test("LeaderChangeMessage as value of a control record", () => {
    const bytes = Buffer.from("00000000000102000000010002000000010000", "hex");
    const message = LeaderChangeMessage.decode(bytes, 0);
    expect(message).toMatchObject({
      version: 0,
      leaderId: 1,
      voters: [{ voterId: 1 }],
      grantingVoters: [{ voterId: 1 }],
    });
    expect(LeaderChangeMessage.encodeToBuffer(message, 0)).toEqual(bytes);
  });
});
