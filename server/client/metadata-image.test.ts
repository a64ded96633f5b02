import { expect, test } from "vitest";
import { MetadataImage, type PartitionMetadata } from "./metadata-image.ts";

const PARTITIONS = 1_000;

/** A topic whose partitions count how often they are looked at, in no order. */
function wideTopic(onLook: () => void, leaderId: number) {
  const partitions = Array.from({ length: PARTITIONS }, (_, index): PartitionMetadata => {
    const partitionIndex = (index * 7) % PARTITIONS;
    const rest = { errorCode: 0, leaderId, leaderEpoch: 0, replicaNodes: [1], isrNodes: [1], offlineReplicas: [] };
    return {
      ...rest,
      get partitionIndex() {
        onLook();
        return partitionIndex;
      },
    };
  });
  return { errorCode: 0, name: "wide", topicId: "", isInternal: false, partitions, topicAuthorizedOperations: 0 };
}

test("finds each partition without looking through the topic again, and those of a newer answer", () => {
  let looks = 0;
  const image = new MetadataImage();
  const answer = (leaderId: number) => ({
    throttleTimeMs: 0,
    brokers: [],
    clusterId: null,
    controllerId: 1,
    topics: [wideTopic(() => (looks += 1), leaderId)],
    clusterAuthorizedOperations: 0,
    errorCode: 0,
  });
  for (const leaderId of [1, 2]) {
    image.apply(answer(leaderId));
    for (let partition = 0; partition < PARTITIONS; partition += 1)
      expect(image.partition("wide", partition)?.leaderId).toBe(leaderId);
    expect(image.partition("wide", PARTITIONS)).toBeUndefined();
  }
  expect(looks).toBe(2 * PARTITIONS);
  image.forget("wide");
  expect(image.partition("wide", 0)).toBeUndefined();
});
