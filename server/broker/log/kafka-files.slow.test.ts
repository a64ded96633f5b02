import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { describeJudged } from "../../testing/judges.ts";
import { runKafkaTool } from "../../testing/kafka-tool.ts";
import { CODECS, loadCompression } from "../../wire/compression.ts";
import { buildEndTransactionMarker } from "../../wire/control-record.ts";
import type { PartitionLog } from "./partition-log.ts";
import { batchOf, compact, NOW_MS, openTestLog, produce } from "./testing/test-log.ts";

const TOPIC_ID = "bd5pUXVeTlyHmEmoP2Y_JA";
const BATCHES = 200;

/** A log with every codec, idempotent and transactional producers, three epochs, several segments. */
function fill(log: PartitionLog): void {
  for (let index = 0; index < BATCHES; index++) {
    const leaderEpoch = 2 + Math.floor(index / 80);
    const values = ["a", "b", "c"].map((value) => value.repeat(50 + (index % 7) * 40));
    const codec = CODECS[index % CODECS.length] ?? "none";
    const idempotent = index % 2 === 0 ? {} : { producerId: 42, producerEpoch: 1, baseSequence: ((index - 1) / 2) * 3 };
    produce(log, batchOf(values, { codec, timestampMs: NOW_MS - 1000 + index * 3, ...idempotent }), { leaderEpoch });
    if (index % 40 === 10) {
      produce(
        log,
        batchOf(["t"], {
          producerId: 77,
          producerEpoch: 0,
          baseSequence: Math.floor(index / 40),
          isTransactional: true,
        }),
        { leaderEpoch },
      );
    }
    if (index % 40 !== 20) continue;
    const type = index % 80 === 20 ? "abort" : "commit";
    const marker = buildEndTransactionMarker({
      type,
      producerId: 77,
      producerEpoch: 0,
      coordinatorEpoch: 5,
      timestampMs: NOW_MS,
    });
    log.appendAsLeader(marker, { origin: "coordinator", leaderEpoch, nowMs: NOW_MS });
  }
  log.updateHighWatermark(log.logEndOffset);
}

function files(directory: string, suffix: string): string {
  return readdirSync(directory)
    .filter((name) => name.endsWith(suffix))
    .map((name) => join(directory, name))
    .join(",");
}

async function dump(directory: string, suffix: string, ...options: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runKafkaTool("dumpLog", [...options, "--files", files(directory, suffix)]);
  expect(
    `${stderr}${exitCode === 0 ? "" : stdout}`.split("\n").filter((line) => /exception|error/i.test(line)),
  ).toEqual([]);
  return stdout;
}

describeJudged("Apache Kafka's DumpLogSegments on a log", ["java", "mvn"], () => {
  beforeAll(loadCompression);

  async function closedLog(): Promise<PartitionLog> {
    const log = openTestLog({ segmentBytes: 30_000, indexIntervalBytes: 1024 }, { topicId: TOPIC_ID });
    fill(log);
    await log.close();
    return log;
  }

  test("reads every record of every batch", async () => {
    const log = await closedLog();
    const stdout = await dump(log.directory, ".log", "--deep-iteration", "--print-data-log");
    expect(stdout.match(/isvalid: true/g)).toHaveLength(stdout.match(/^baseOffset:/gm)?.length ?? 0);
    expect(stdout).not.toContain("isvalid: false");
    expect(stdout.match(/^\| offset:/gm)).toHaveLength(log.logEndOffset);
    for (const codec of CODECS) expect(stdout).toContain(`compresscodec: ${codec}`);
    expect(stdout.match(/endTxnMarker: ABORT/g)).toHaveLength(3);
    expect(stdout.match(/endTxnMarker: COMMIT/g)).toHaveLength(2);
  });

  test("finds the indexes sane and true", async () => {
    const { directory, segmentCount } = await closedLog();
    const sane = await dump(directory, ".index", "--index-sanity-check");
    expect(sane.match(/passed sanity check/g)).toHaveLength(segmentCount);
    expect(await dump(directory, ".index", "--verify-index-only")).not.toMatch(/Mismatches|not found/);
    const times = await dump(directory, ".timeindex");
    expect(times).not.toMatch(/mismatch|out of order|greater than/i);
    expect(times.match(/^timestamp: \d+/gm)?.length).toBeGreaterThan(segmentCount);
  });

  test("reads transactions and producers", async () => {
    const { directory, logEndOffset } = await closedLog();
    const aborted = await dump(directory, ".txnindex");
    expect(aborted.match(/producerId: 77 firstOffset: \d+ lastOffset: \d+ lastStableOffset: \d+/g)).toHaveLength(3);
    const producers = await dump(directory, `${String(logEndOffset).padStart(20, "0")}.snapshot`);
    expect(producers).toMatch(/producerId: 42 producerEpoch: 1 .*lastSequence: 299/);
    expect(producers).toMatch(
      /producerId: 77 producerEpoch: 0 coordinatorEpoch: 5 currentTxnFirstOffset: OptionalLong.empty/,
    );
  });

  test("reads a compacted log, its indexes and its delete horizon", async () => {
    const cleanupPolicy = { delete: false, compact: true };
    const log = openTestLog({ segmentBytes: 30_000, indexIntervalBytes: 1024, cleanupPolicy }, { topicId: TOPIC_ID });
    produce(log, batchOf(["a", null, "b"], { key: "first" }));
    produce(log, batchOf([null], { key: "gone" }));
    fill(log);
    const bytesBefore = log.sizeBytes;
    await compact(log);
    expect(log.sizeBytes).toBeLessThan(bytesBefore / 2);
    await log.close();
    const stdout = await dump(log.directory, ".log", "--deep-iteration", "--print-data-log");
    expect(stdout).not.toContain("isvalid: false");
    expect(stdout).toContain(`deleteHorizonMs: OptionalLong[${NOW_MS + 86_400_000}]`);
    expect(stdout).toMatch(/^baseOffset: 0 lastOffset: 2 count: 1 /m);
    const sane = await dump(log.directory, ".index", "--index-sanity-check");
    expect(sane.match(/passed sanity check|is empty/g)).toHaveLength(log.segmentCount);
    expect(await dump(log.directory, ".index", "--verify-index-only")).not.toMatch(/Mismatches|not found/);
    expect(await dump(log.directory, ".timeindex")).not.toMatch(/mismatch|out of order|greater than/i);
  });

  test("finds the same after a kill and recovery", async () => {
    const log = openTestLog({ segmentBytes: 30_000, indexIntervalBytes: 1024 }, { topicId: TOPIC_ID });
    fill(log);
    log.closeFiles();
    const recovered = openTestLog({ indexIntervalBytes: 1024 }, { directory: log.directory });
    await recovered.close();
    const sane = await dump(log.directory, ".index", "--index-sanity-check");
    expect(sane.match(/passed sanity check/g)).toHaveLength(recovered.segmentCount);
    expect(await dump(log.directory, ".timeindex")).not.toMatch(/mismatch|out of order|greater than/i);
    expect((await dump(log.directory, ".txnindex")).match(/producerId: 77/g)).toHaveLength(3);
  });
});
