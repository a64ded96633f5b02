import type { CleanerSettings } from "../log/cleaner/log-cleaner.ts";
import type { LogManagerOptions } from "../log/log-manager-options.ts";
import type { BrokerConfig } from "./broker-config.ts";

/** What a broker's configs say about its log directories. */
export function logManagerOptions(
  config: BrokerConfig,
): Pick<
  LogManagerOptions,
  "directories" | "nodeId" | "retentionCheckIntervalMs" | "checkpointIntervalMs" | "intervals" | "cleaner"
> {
  return {
    directories: config.logDirs,
    nodeId: config.nodeId,
    retentionCheckIntervalMs: config.get("log.retention.check.interval.ms"),
    checkpointIntervalMs: config.get("log.flush.offset.checkpoint.interval.ms"),
    intervals: {
      flushCheckMs: config.get("log.flush.scheduler.interval.ms"),
      highWatermarkMs: config.get("replica.high.watermark.checkpoint.interval.ms"),
      logStartMs: config.get("log.flush.start.offset.checkpoint.interval.ms"),
      producersMs: config.get("producer.id.expiration.check.interval.ms"),
      firstMs: config.get("log.initial.task.delay.ms"),
    },
    cleaner: () => cleanerSettings(config),
  };
}

function cleanerSettings(config: BrokerConfig): CleanerSettings {
  return {
    enabled: config.get("log.cleaner.enable") && config.get("log.cleaner.threads") > 0,
    backoffMs: config.get("log.cleaner.backoff.ms"),
    dedupeBufferBytes: config.get("log.cleaner.dedupe.buffer.size"),
    loadFactor: config.get("log.cleaner.io.buffer.load.factor"),
    ioBufferBytes: config.get("log.cleaner.io.buffer.size"),
    ioBytesPerSecond: config.get("log.cleaner.io.max.bytes.per.second"),
  };
}
