import type { PartitionLog } from "./partition-log.ts";

/**
 * Of two logs of one partition in two directories, whether the second goes on rather than the first. A move between directories copies a log, gives the copy
 * the partition's name, and only then takes the name from the old one: until then the old one has all that the copy has, and from then on the copy has all that
 * the old one had. So the one that is further is current, by leader epoch and then by offset, as between replicas.
 */
export function isFurther(one: PartitionLog, other: PartitionLog): boolean {
  const [oneEpoch, otherEpoch] = [one, other].map((log) => log.latestEpoch ?? -1);
  if (oneEpoch !== otherEpoch) return (otherEpoch ?? -1) > (oneEpoch ?? -1);
  if (one.logEndOffset !== other.logEndOffset) return other.logEndOffset > one.logEndOffset;
  return other.logStartOffset > one.logStartOffset;
}

/** Whether `log` has the history of `other` up to its end, so that nothing is lost with that one. */
export function hasAllOf(log: PartitionLog, other: PartitionLog): boolean {
  if (other.logEndOffset > log.logEndOffset || log.logStartOffset > other.logEndOffset) return false;
  const { latestEpoch } = other;
  if (latestEpoch === undefined) return true;
  const end = log.endOffsetForEpoch(latestEpoch);
  return end !== undefined && end.epoch === latestEpoch && end.endOffset >= other.logEndOffset;
}
