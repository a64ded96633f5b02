/** Partitions that a sentence names. */
const NAMED_MAX = 5;

/** "orders-0, orders-1 and 12 more" */
export function namedPartitions(names: readonly string[]): string {
  const more = names.length - NAMED_MAX;
  return `${names.slice(0, NAMED_MAX).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
