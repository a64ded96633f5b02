import { ListPartitionReassignments } from "../../../wire/apis/list-partition-reassignments.ts";
import { CLUSTER_AUTHORIZATION_FAILED, NONE } from "../../../wire/errors.ts";
import { handler } from "../../network/handler.ts";
import type { TopicImage } from "../image.ts";
import { isReassigning } from "../reassignment.ts";
import type { ControllerContext } from "./services.ts";

/** ListPartitionReassignments (KIP-455). */
export const listPartitionReassignments = handler(
  ListPartitionReassignments,
  (request, context: ControllerContext, reply) => {
    if (!context.may("describe", "cluster")) return reply({ errorCode: CLUSTER_AUTHORIZATION_FAILED });
    const { topicsByName } = context.services.controller.image;
    const asked = request.topics?.map(({ name, partitionIndexes }) => ({
      topic: topicsByName.get(name),
      partitionIndexes,
    }));
    const all = [...topicsByName.values()].map((topic) => ({ topic, partitionIndexes: null }));
    const topics = (asked ?? all).flatMap(({ topic, partitionIndexes }) =>
      topic === undefined ? [] : ongoing(topic, partitionIndexes),
    );
    reply({ errorCode: NONE, errorMessage: null, topics });
  },
);

function ongoing({ name, partitions }: TopicImage, asked: readonly number[] | null) {
  const moving = partitions.filter(
    (partition) => isReassigning(partition) && (asked === null || asked.includes(partition.partition)),
  );
  if (moving.length === 0) return [];
  return [
    {
      name,
      partitions: moving.map(({ partition, replicas, addingReplicas, removingReplicas }) => ({
        partitionIndex: partition,
        replicas,
        addingReplicas,
        removingReplicas,
      })),
    },
  ];
}
