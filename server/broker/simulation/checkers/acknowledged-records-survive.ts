import type { History, Logs } from "../history.ts";

/**
 * What was acknowledged with acks=all is in the log, at the offset that was told. After a power cut on a single broker Kafka promises it
 * only for what lay below the end of the log that came back: nothing is synced before it is acknowledged.
 */
export function acknowledgedRecordsSurvive(history: History, logs: Logs): string | undefined {
  for (const { partition, offset, value } of history.acknowledged) {
    const found = logs.get(partition)?.find((record) => record.offset === offset)?.value;
    if (found === value) continue;
    const wasCutOff = history.powerCuts.some(({ logEnds }) => (logEnds.get(partition) ?? 0) <= offset);
    if (!wasCutOff)
      return `acknowledged ${value} at offset ${offset} of partition ${partition}; the log has ${found ?? "nothing"} there`;
  }
  return undefined;
}
