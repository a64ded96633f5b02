import { describe, expect, test } from "vitest";
import { createLog } from "./log.ts";

function lines() {
  const written: string[] = [];
  return { written, destination: { write: (line: string) => void written.push(line) } };
}

describe("text", () => {
  test("is one line a fact, fields of the log before those of the line", () => {
    const { written, destination } = lines();
    const log = createLog({ format: "text", level: "info", destination }).with({ broker: 1 });
    log.info(
      { partition: "orders-0", from: undefined, reason: "high watermark\nlost", leader: null, clean: true },
      "isr changed",
    );
    log.debug({}, "not written");
    expect(written).toHaveLength(1);
    expect(written[0]?.replace(/^\S+/, "T")).toBe(
      'T INFO  isr changed broker=1 partition=orders-0 reason="high watermark\\nlost" leader=null clean=true\n',
    );
    expect(log.debugOn).toBe(false);
  });
});

describe("json", () => {
  test("is one object a line with level, time and message", () => {
    const { written, destination } = lines();
    const log = createLog({ format: "json", level: "debug", destination }).with({ broker: 1 });
    log.debug({ sizeBytes: 10 }, "segment rolled");
    log.error({ path: "/data" }, "disk full");
    expect(log.debugOn).toBe(true);
    expect(written.map((line): unknown => JSON.parse(line))).toEqual([
      { level: "debug", time: expect.any(String), broker: 1, sizeBytes: 10, msg: "segment rolled" },
      { level: "error", time: expect.any(String), broker: 1, path: "/data", msg: "disk full" },
    ]);
  });
});
