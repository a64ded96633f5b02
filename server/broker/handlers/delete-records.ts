import { DeleteRecords } from "../../wire/apis/delete-records.ts";
import { INVALID_TOPIC_EXCEPTION, NONE, TOPIC_AUTHORIZATION_FAILED } from "../../wire/errors.ts";
import { handler } from "../network/handler.ts";
import type { Cancel } from "../replica/purgatory.ts";
import { isInternalTopic } from "./metadata-topics.ts";
import type { BrokerContext } from "./services.ts";

/** The low watermark of a partition whose records were not deleted (DeleteRecordsResponse.INVALID_LOW_WATERMARK). */
const NO_LOW_WATERMARK = -1;

type Result = { partitionIndex: number; errorCode: number; lowWatermark: number };

/** Moves the log start forward, and answers when all replicas have: who leads next must not show the records again. Offset -1 is the high watermark. */
export const deleteRecords = handler(DeleteRecords, (request, context: BrokerContext, reply) => {
  const { replicas, environment } = context.services;
  const deadlineMs = environment.clock.monotonicMs() + Math.max(0, request.timeoutMs);
  const waiting: (() => Cancel)[] = [];
  let open = 0;
  const topics = request.topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map(({ partitionIndex, offset }): Result => {
      const refused = (errorCode: number): Result => ({ partitionIndex, errorCode, lowWatermark: NO_LOW_WATERMARK });
      if (!context.may("delete", { topic: name })) return refused(TOPIC_AUTHORIZATION_FAILED);
      if (isInternalTopic(name)) return refused(INVALID_TOPIC_EXCEPTION);
      const topicPartition = { topic: name, partition: partitionIndex };
      const result: Result = { partitionIndex, ...replicas.deleteRecords(topicPartition, offset) };
      if (result.errorCode !== NONE) return result;
      open += 1;
      waiting.push(() =>
        replicas.awaitDeletion(topicPartition, result.lowWatermark, deadlineMs, (deleted) => {
          Object.assign(result, deleted);
          open -= 1;
          if (open === 0) reply({ topics });
        }),
      );
      return result;
    }),
  }));
  if (waiting.length === 0) return reply({ topics });
  const cancels = waiting.map((wait) => wait());
  if (open > 0) context.onAbandon(() => cancels.forEach((cancel) => cancel()));
});
