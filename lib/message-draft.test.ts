import { describe, expect, test } from "vitest";
import type { RecordDetail } from "@/lib/contracts/messages";
import { draftErrors, draftOfRecord, emptyMessage, produceInputOf } from "@/lib/message-draft";
import { base64OfBytes } from "@/lib/payload-view";

const payload = (bytes: Uint8Array | null) => ({
  base64: bytes === null ? null : base64OfBytes(bytes),
  sizeBytes: bytes?.length ?? 0,
  truncated: false,
  decoder: null,
  form: "text" as const,
  text: "",
  failed: [],
});
const utf8 = (text: string) => payload(new TextEncoder().encode(text));

describe("the produce panel", () => {
  test("without a key produces none, and an empty value is not a tombstone", () => {
    expect(produceInputOf("local", "orders", emptyMessage)).toMatchObject({
      key: null,
      value: { encoding: "utf8", text: "" },
    });
  });

  test("produces a tombstone as null, and leaves out headers without a name", () => {
    const input = produceInputOf("local", "orders", {
      ...emptyMessage,
      key: "k",
      isTombstone: true,
      value: "kept",
      headers: [
        { name: "", value: "x" },
        { name: "h", value: "v" },
      ],
    });
    expect(input).toMatchObject({ value: null, headers: [{ key: "h", value: { encoding: "utf8", text: "v" } }] });
  });

  test("says what is wrong, by field", () => {
    expect(draftErrors(emptyMessage)).toEqual({});
    expect(draftErrors({ ...emptyMessage, valueEncoding: "base64", value: "%" })).toEqual({
      value: "This is not base64.",
    });
    expect(draftErrors({ ...emptyMessage, isTombstone: true }).key).toMatch(/needs one/);
  });

  test("takes a record over to be edited, bytes as base64", () => {
    const record: RecordDetail = {
      topic: "orders",
      partition: 3,
      offset: "7",
      timestampMs: 1,
      timestampType: "create",
      key: payload(new Uint8Array([0, 255])),
      value: utf8('{"id":9007199254740993}'),
      headers: [
        { key: "h", value: utf8("v") },
        { key: "h", value: payload(new Uint8Array([0, 255])) },
      ],
      batch: {
        baseOffset: "7",
        lastOffset: "7",
        recordCount: 1,
        sizeBytes: 70,
        codec: "none",
        recordBytes: 9,
        storedBytes: 9,
        leaderEpoch: 0,
        maxTimestampMs: 1,
        producerId: null,
        producerEpoch: -1,
        baseSequence: -1,
        isTransactional: false,
        fate: null,
      },
      anatomy: { header: { hex: "", spans: [] }, record: { hex: "", spans: [] } },
    };
    expect(draftOfRecord(record)).toEqual({
      ...emptyMessage,
      key: "AP8=",
      keyEncoding: "base64",
      value: '{"id":9007199254740993}',
      headers: [
        { name: "h", value: "v" },
        { name: "h", value: "AP8=", encoding: "base64" },
      ],
    });
    expect(draftOfRecord({ ...record, value: payload(null) }).isTombstone).toBe(true);
  });
});
