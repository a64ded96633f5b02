import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ApacheKafka, startApacheKafka } from "./apache-kafka.ts";
import { tieredStorageJar } from "./maven.ts";

/** Kafka's least segment.bytes. */
const SEGMENT_BYTES = 1_048_576;

/** The configs of a topic whose closed segments are copied to remote storage at once, and leave the broker. */
export const tieredConfigs = {
  "remote.storage.enable": "true",
  "segment.bytes": String(SEGMENT_BYTES),
  "local.retention.bytes": "1",
  "local.retention.ms": "3600000",
} as const;

/** Bytes of a record of which a segment of a tiered topic holds one. */
export const TIERED_RECORD_BYTES = 700_000;

/** An Apache Kafka with remote log storage (KIP-405): Kafka's own LocalTieredStorage, which keeps segments in a directory. */
export type TieredKafka = ApacheKafka & {
  /** Segments that are in remote storage now. */
  readonly remoteSegments: () => number;
};

/** Starts one broker that looks for segments to copy and to delete twice a second. */
export async function startTieredKafka(): Promise<TieredKafka> {
  const directory = mkdtempSync(join(tmpdir(), "odradek-tier-"));
  const kafka = await startApacheKafka({
    properties: {
      "remote.log.storage.system.enable": "true",
      "remote.log.storage.manager.class.name": "org.apache.kafka.server.log.remote.storage.LocalTieredStorage",
      "remote.log.storage.manager.class.path": await tieredStorageJar(),
      "rsm.config.dir": directory,
      "remote.log.metadata.manager.listener.name": "PLAINTEXT",
      "rlmm.config.remote.log.metadata.topic.num.partitions": "1",
      "rlmm.config.remote.log.metadata.topic.replication.factor": "1",
      "remote.log.manager.task.interval.ms": "500",
      "log.initial.task.delay.ms": "500",
      "log.retention.check.interval.ms": "500",
    },
  });
  return {
    ...kafka,
    remoteSegments: () =>
      readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".log")).length,
    stop: async () => {
      await kafka.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
