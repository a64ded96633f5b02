import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeJudged } from "../testing/judges.ts";
import { runKafkaTool } from "../testing/kafka-tool.ts";
import { CODECS, loadCompression } from "./compression.ts";
import { buildEndTransactionMarker } from "./control-record.ts";
import { buildBatch } from "./record-batch-builder.ts";
import type { NewRecord } from "./record.ts";

const text = (value: string) => new TextEncoder().encode(value);
const RECORDS_A_BATCH = 400;

/** Enough for several blocks of each codec; with tombstones, records without key, and headers. */
function record(index: number): NewRecord {
  return {
    timestampMs: 1_700_000_000_000 + (index % 2 === 0 ? index : -index),
    key: index % 7 === 0 ? null : text(`k${index}`),
    value: index % 11 === 0 ? null : text(`v${index} `.repeat(60)),
    headers:
      index % 3 === 0
        ? [
            { key: "h", value: text("1") },
            { key: "h", value: null },
          ]
        : [],
  };
}

describeJudged("Apache Kafka", ["java", "mvn"], () => {
  let directory = "";
  beforeAll(async () => {
    await loadCompression();
    directory = mkdtempSync(join(tmpdir(), "odradek-batches-"));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test("reads what we build, with each codec, and our transaction markers", async () => {
    const batches = CODECS.map((codec, index) => {
      const records = Array.from({ length: RECORDS_A_BATCH }, (_, position) => record(position));
      const baseOffset = index * RECORDS_A_BATCH;
      return buildBatch(records, {
        codec,
        baseOffset,
        partitionLeaderEpoch: 3,
        producerId: 9,
        producerEpoch: 1,
        baseSequence: baseOffset,
      });
    });
    const marker = {
      type: "abort",
      producerId: 9,
      producerEpoch: 1,
      coordinatorEpoch: 5,
      timestampMs: 1_700_000_000_000,
    } as const;
    batches.push(
      buildEndTransactionMarker(marker, { baseOffset: CODECS.length * RECORDS_A_BATCH, partitionLeaderEpoch: 3 }),
    );
    const segment = join(directory, "00000000000000000000.log");
    writeFileSync(segment, Buffer.concat(batches));
    const { stdout } = await runKafkaTool("dumpLog", ["--deep-iteration", "--print-data-log", "--files", segment]);
    for (const codec of CODECS) {
      expect(stdout).toMatch(
        new RegExp(`count: ${RECORDS_A_BATCH} .*producerId: 9 .*compresscodec: ${codec} .*isvalid: true`),
      );
    }
    const lines = stdout.split("\n").filter((line) => line.includes("| offset:"));
    expect(lines).toHaveLength(CODECS.length * RECORDS_A_BATCH + 1);
    CODECS.forEach((_, index) => {
      const offset = index * RECORDS_A_BATCH + 9;
      expect(lines[offset]).toMatch(
        new RegExp(`offset: ${offset} CreateTime: 1699999999991 .*headerKeys: \\[h,h\\] key: k9 payload: (v9 ){60}`),
      );
    });
    expect(lines.at(-1)).toMatch(/endTxnMarker: ABORT coordinatorEpoch: 5/);
  });
});
