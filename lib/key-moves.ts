/**
 * The share of keys that get another partition when a topic grows: Kafka's partitioner takes a hash modulo the number of partitions, and of every
 * lcm(before, after) hashes in a row as many as there were partitions keep theirs.
 */
export function shareOfKeysThatMove(before: number, after: number): number {
  return 1 - Math.min(before, after) / leastCommonMultiple(before, after);
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
