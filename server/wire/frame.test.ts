import { describe, expect, test } from "vitest";
import { ApiVersions } from "./apis/api-versions.ts";
import { Heartbeat } from "./apis/heartbeat.ts";
import { Produce } from "./apis/produce.ts";
import { announcedFrameSize, decodeResponseFrame, encodeRequestFrame, encodeResponseFrame } from "./frame.ts";
import { peekRequestRoute, readRequestHeader } from "./request-header.ts";
import { WireError } from "./wire-error.ts";

describe("a request frame", () => {
  test("has its size, a header whose client id is never compact, and the body", () => {
    const header = { requestApiVersion: 4, correlationId: 7, clientId: "ab" };
    const frame = Buffer.concat(
      encodeRequestFrame(Heartbeat, header, { groupId: "g", generationId: 1, memberId: "m" }),
    );
    // size · key 12 · version 4 · correlation 7 · "ab" · no tags · "g" · 1 · "m" · null · no tags
    expect(frame.toString("hex")).toBe(["00000017", "000c000400000007", "0002616200", "026700000001026d0000"].join(""));
    expect(peekRequestRoute(frame.subarray(4))).toEqual({ apiKey: 12, apiVersion: 4, correlationId: 7 });
    const { header: read, bodyPosition } = readRequestHeader(frame.subarray(4), 2);
    expect(read).toEqual({ ...header, requestApiKey: 12 });
    expect(Heartbeat.request.decode(frame.subarray(4 + bodyPosition), 4).memberId).toBe("m");
  });

  test("counts the records that it does not copy", () => {
    const batch = Buffer.alloc(1000, 1);
    const header = { requestApiVersion: 7, correlationId: 1, clientId: null };
    const buffers = encodeRequestFrame(Produce, header, {
      topicData: [{ name: "t", partitionData: [{ index: 0, records: batch }] }],
    });
    expect(buffers).toContain(batch);
    const frame = Buffer.concat(buffers);
    expect(announcedFrameSize(frame)).toBe(frame.length - 4);
  });

  test("that ends inside its route is refused", () => {
    expect(() => peekRequestRoute(Buffer.alloc(7))).toThrow(WireError);
  });
});

describe("a response frame", () => {
  test("comes back with its correlation id", () => {
    const frame = Buffer.concat(encodeResponseFrame(Heartbeat, 4, 9, { errorCode: 27 }));
    expect(frame.toString("hex")).toBe(["0000000c", "0000000900", "00000000001b00"].join(""));
    expect(decodeResponseFrame(Heartbeat, 4, frame.subarray(4))).toEqual({
      correlationId: 9,
      response: { throttleTimeMs: 0, errorCode: 27 },
    });
  });

  test("of ApiVersions has no tags in its header in any version (KIP-511)", () => {
    const frame = Buffer.concat(encodeResponseFrame(ApiVersions, 3, 9, {}));
    expect(frame.subarray(4).toString("hex")).toBe(["00000009", "0000", "01", "00000000", "00"].join(""));
  });

  test("with bytes behind it is refused", () => {
    const frame = Buffer.concat([...encodeResponseFrame(Heartbeat, 4, 9, {}), Buffer.alloc(1)]);
    expect(() => decodeResponseFrame(Heartbeat, 4, frame.subarray(4))).toThrow("1 bytes too many");
  });
});

test("the size of a frame is unknown until its four bytes are there", () => {
  expect(announcedFrameSize(Buffer.from([0, 0, 1]))).toBeUndefined();
  expect(announcedFrameSize(Buffer.from([0, 0, 1, 2]))).toBe(258);
  expect(announcedFrameSize(Buffer.from([9, 0xff, 0xff, 0xff, 0xfe]), 1)).toBe(-2);
});
