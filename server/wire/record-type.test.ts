import { describe, expect, test } from "vitest";
import {
  coordinatorKeyType,
  decodeCoordinatorKey,
  decodeCoordinatorValue,
  encodeCoordinatorKey,
  encodeCoordinatorValue,
} from "./coordinator-record.ts";
import { encodeMetadataRecord } from "./metadata-record.ts";
import { OffsetCommitKey, OffsetCommitValue } from "./records/group/offset-commit.ts";
import { groupRecordTypes } from "./records/group/table.ts";
import { decodeMetadataRecord } from "./records/metadata/table.ts";
import { TopicRecord } from "./records/metadata/topic-record.ts";
import { WireError } from "./wire-error.ts";

describe("records of the metadata log", () => {
  test("have frame version, type and version before them", () => {
    const value = { name: "orders", topicId: "AAAAAAAAAAAAAAAAAAAAAQ" };
    const bytes = encodeMetadataRecord(TopicRecord, value, 0);
    expect(bytes.toString("hex")).toBe(["010200", "076f7264657273", "00000000000000000000000000000001", "00"].join(""));
    expect(decodeMetadataRecord(bytes)).toEqual({ name: "TopicRecord", version: 0, value });
  });

  test("are told apart by their name", () => {
    const record = decodeMetadataRecord(encodeMetadataRecord(TopicRecord, { name: "orders" }, 0));
    expect(record.name === "TopicRecord" ? record.value.name : undefined).toBe("orders");
  });
});

describe("records of a coordinator", () => {
  test("have the number of their type before the key and their version before the value", () => {
    const key = { group: "g", topic: "t", partition: 1 };
    const value = {
      offset: 5,
      leaderEpoch: -1,
      metadata: "",
      commitTimestamp: 9,
      expireTimestamp: -1,
      topicId: "AAAAAAAAAAAAAAAAAAAAAA",
    };
    const keyBytes = encodeCoordinatorKey(OffsetCommitKey, key);
    const valueBytes = encodeCoordinatorValue(OffsetCommitValue, value, 3);
    expect(keyBytes.toString("hex")).toBe(["0001", "000167", "000174", "00000001"].join(""));
    expect(valueBytes.toString("hex")).toBe(
      ["0003", "0000000000000005", "ffffffff", "0000", "0000000000000009"].join(""),
    );
    expect(coordinatorKeyType(keyBytes)).toBe(1);
    expect(decodeCoordinatorKey(OffsetCommitKey, keyBytes)).toEqual(key);
    expect(decodeCoordinatorValue(OffsetCommitValue, valueBytes)).toEqual({ version: 3, value });
    expect(groupRecordTypes.get(1)).toEqual({ key: OffsetCommitKey, value: OffsetCommitValue });
  });

  test("of a version that is not known are refused", () => {
    expect(() => decodeCoordinatorValue(OffsetCommitValue, Buffer.from("0009", "hex"))).toThrow(WireError);
    expect(() => coordinatorKeyType(Buffer.from([0]))).toThrow(WireError);
  });
});
