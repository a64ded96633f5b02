import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { ApiVersions } from "./apis/api-versions.ts";
import { CreateTopics } from "./apis/create-topics.ts";
import { DescribeGroups } from "./apis/describe-groups.ts";
import { Fetch } from "./apis/fetch.ts";
import { Metadata } from "./apis/metadata.ts";
import { Produce } from "./apis/produce.ts";
import { SaslAuthenticate } from "./apis/sasl-authenticate.ts";
import { decodeMetadataRecord } from "./records/metadata/table.ts";
import { readRequestHeader } from "./request-header.ts";
import { arbitraryOf } from "./testing/arbitrary.ts";
import { everyVersion } from "./testing/every-codec.ts";
import { WireError } from "./wire-error.ts";

beforeAll(() => {
  Error.stackTraceLimit = 0;
});

/** The error of bytes that must be refused. */
function refusal(decode: () => unknown): WireError {
  try {
    decode();
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
  return expect.fail("the bytes were accepted");
}

function hex(text: string): Buffer {
  return Buffer.from(text.replaceAll(/[^0-9a-f]/gu, ""), "hex");
}

describe("lengths that lie", () => {
  test("an array count is judged by the bytes that remain, before anything is made for it", () => {
    const error = refusal(() => Metadata.request.decode(hex("7fffffff 0000"), 1));
    expect(error).toMatchObject({ api: "MetadataRequest", version: 1, fieldPath: "topics", position: 4 });
    expect(error.message).toBe("MetadataRequest v1 topics at byte 4: an array of 2147483647 elements, 2 bytes remain");
  });

  test("an array count is judged by what its elements take at least", () => {
    // Two partitions of a fetch need more than the eight bytes that follow.
    const error = refusal(() =>
      Fetch.request.decode(hex("ffffffff 00000000 00000001 00000001 00 00000001 0001 61 00000002 0000000000000000"), 4),
    );
    expect(error).toMatchObject({
      fieldPath: "topics[].partitions",
      problem: "an array of 2 elements, 8 bytes remain",
    });
  });

  test("a compact array count of 32 bits is refused", () => {
    expect(refusal(() => Metadata.request.decode(hex("ffffffff0f 00 00"), 9)).problem).toBe(
      "an array of 4294967294 elements, 2 bytes remain",
    );
  });

  test("a negative array count is refused, and null where null is not allowed", () => {
    expect(refusal(() => CreateTopics.request.decode(hex("fffffffe 00000000 00"), 2)).problem).toBe(
      "an array of -2 elements",
    );
    expect(refusal(() => CreateTopics.request.decode(hex("ffffffff 00000000 00"), 2)).problem).toBe(
      "null where this version does not allow it",
    );
    expect(refusal(() => Metadata.request.decode(hex("ffffffff"), 0)).problem).toBe(
      "null where this version does not allow it",
    );
    expect(Metadata.request.decode(hex("ffffffff"), 1).topics).toBeNull();
  });

  test("a string or bytes beyond the end is refused", () => {
    expect(refusal(() => DescribeGroups.request.decode(hex("00000001 7fff 61"), 0)).problem).toBe(
      "32767 bytes expected, 1 remain",
    );
    expect(refusal(() => SaslAuthenticate.request.decode(hex("7fffffff 61"), 0)).problem).toBe(
      "2147483647 bytes expected, 1 remain",
    );
    expect(refusal(() => SaslAuthenticate.request.decode(hex("ffffffff 61"), 0)).problem).toBe(
      "null where this version does not allow it",
    );
    expect(refusal(() => SaslAuthenticate.request.decode(hex("fffffff0 61"), 0)).problem).toBe("a length of -16");
  });

  test("a compact string longer than Kafka's 32,767 bytes is refused although the bytes are there", () => {
    const text = Buffer.concat([hex("818002"), Buffer.alloc(32_768, 0x61), hex("01 00")]);
    expect(refusal(() => ApiVersions.request.decode(text, 3)).problem).toBe("a length of 32768");
  });

  test("records are not read beyond the message", () => {
    const error = refusal(() =>
      Produce.request.decode(hex("ffff 0001 00000001 00000001 0001 61 00000001 00000000 7ffffff0 00"), 3),
    );
    expect(error.fieldPath).toBe("topicData[].partitionData[].records");
  });

  test("an unsigned varint of more than 32 bits, or that never ends, is refused", () => {
    expect(refusal(() => ApiVersions.request.decode(hex("ffffffffffffff"), 3)).problem).toBe(
      "an unsigned varint has more than 32 bits",
    );
    expect(refusal(() => ApiVersions.request.decode(hex("ffffffff10 01 00"), 3)).problem).toBe(
      "an unsigned varint has more than 32 bits",
    );
  });
});

describe("tagged fields", () => {
  const emptyRequest = "01 01";

  test("unknown ones are skipped and kept out", () => {
    expect(ApiVersions.request.decode(hex(`${emptyRequest} 02 07 03 616263 8801 00`), 3)).toEqual({
      clientSoftwareName: "",
      clientSoftwareVersion: "",
    });
  });

  test("a size beyond the end is refused", () => {
    expect(refusal(() => ApiVersions.request.decode(hex(`${emptyRequest} 01 07 ffffffff07 00`), 3)).problem).toBe(
      "2147483647 bytes expected, 1 remain",
    );
  });

  test("a count of four billion ends with the bytes", () => {
    expect(refusal(() => ApiVersions.request.decode(hex(`${emptyRequest} ffffffff0f 05 00 06 00`), 3)).problem).toBe(
      "1 bytes expected, 0 remain",
    );
  });

  test("a known one must fill its size, and cannot reach beyond it", () => {
    // ReplicaState (tag 1) of Fetch 15: an int32, an int64 and its own tags, 13 bytes.
    const fetch = "00000000 00000001 00000001 00 00000000 ffffffff 01 01 01";
    const state = "00000007 0000000000000009 00";
    expect(Fetch.request.decode(hex(`${fetch} 01 01 0d ${state}`), 15).replicaState).toEqual({
      replicaId: 7,
      replicaEpoch: 9,
    });
    expect(refusal(() => Fetch.request.decode(hex(`${fetch} 01 01 0e ${state} 00`), 15)).problem).toBe(
      "a tagged field has 1 bytes too many",
    );
    expect(refusal(() => Fetch.request.decode(hex(`${fetch} 01 01 0c ${state}`), 15)).problem).toBe(
      "1 bytes expected, 0 remain",
    );
    expect(refusal(() => Fetch.request.decode(hex(`${fetch} 01 01 7f ${state}`), 15)).problem).toBe(
      "a tagged field of 127 bytes, 13 remain",
    );
  });

  test("those of a request header are skipped whole, not as one byte", () => {
    const { header, bodyPosition } = readRequestHeader(hex("0012 0003 00000005 0001 61 01 63 02 abcd 99"), 2);
    expect(header).toEqual({ requestApiKey: 18, requestApiVersion: 3, correlationId: 5, clientId: "a" });
    expect(bodyPosition).toBe(16);
  });
});

describe("bytes of any kind", () => {
  test("bad UTF-8 decodes to replacement characters", () => {
    expect(DescribeGroups.request.decode(hex("00000001 0003 61ff62"), 0).groups).toEqual(["a\ufffdb"]);
    const long = Buffer.concat([hex("00000001 0028"), Buffer.alloc(40, 0xc0)]);
    expect(DescribeGroups.request.decode(long, 0).groups).toEqual(["\ufffd".repeat(40)]);
  });

  test("a metadata record of an unknown frame or type is refused", () => {
    expect(refusal(() => decodeMetadataRecord(hex("02 03 00"))).problem).toBe("frame version 2");
    expect(refusal(() => decodeMetadataRecord(hex("01 7f 00"))).problem).toBe("there is no record type 127");
    expect(refusal(() => decodeMetadataRecord(hex("01 02 05"))).problem).toBe("only versions 0 to 0 exist");
    expect(refusal(() => decodeMetadataRecord(hex(""))).problem).toBe("1 bytes expected, 0 remain");
  });

  test("every message either decodes random bytes or throws a WireError", () => {
    for (const { codec, version } of everyVersion()) {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => acceptsOrRefuses(() => codec.decode(bytes, version))),
        { numRuns: 20 },
      );
    }
  });

  test("every message with one byte changed either decodes or throws a WireError", () => {
    for (const { codec, version } of everyVersion()) {
      fc.assert(
        fc.property(
          arbitraryOf(codec.fields, version),
          fc.nat(),
          fc.integer({ min: 1, max: 255 }),
          (value, at, change) => {
            const bytes = Buffer.concat(codec.encode(value, version));
            const index = bytes.length === 0 ? 0 : at % bytes.length;
            if (bytes.length > 0) bytes[index] = (bytes[index] ?? 0) ^ change;
            acceptsOrRefuses(() => codec.decode(bytes, version));
          },
        ),
        { numRuns: 20 },
      );
    }
  });

  function acceptsOrRefuses(decode: () => unknown): void {
    try {
      decode();
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
    }
  }
});
