/** Java's `String.hashCode`: 31 times the hash so far plus each UTF-16 unit, in 32 bits. Kafka places groups and transactional ids by it. */
export function javaHashCode(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return hash;
}

/** The partition of a coordinator's topic that an id belongs to; Kafka's `Utils.abs` takes the smallest number as 0. */
export function coordinatorPartition(id: string, partitionCount: number): number {
  const hash = javaHashCode(id);
  const magnitude = hash === -2_147_483_648 ? 0 : Math.abs(hash);
  return magnitude % partitionCount;
}
