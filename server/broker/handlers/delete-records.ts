import { DeleteRecords } from "../../wire/apis/delete-records.ts";
import { INVALID_TOPIC_EXCEPTION, TOPIC_AUTHORIZATION_FAILED } from "../../wire/errors.ts";
import { handler } from "../network/handler.ts";
import { isInternalTopic } from "./metadata-topics.ts";
import type { BrokerContext } from "./services.ts";

/** The low watermark of a partition whose records were not deleted (DeleteRecordsResponse.INVALID_LOW_WATERMARK). */
const NO_LOW_WATERMARK = -1;

/** Moves the log start forward. Offset -1 is the high watermark. */
export const deleteRecords = handler(DeleteRecords, (request, context: BrokerContext, reply) => {
  const topics = request.topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map(({ partitionIndex, offset }) => {
      const refused = (errorCode: number) => ({ partitionIndex, errorCode, lowWatermark: NO_LOW_WATERMARK });
      if (!context.may("delete", { topic: name })) return refused(TOPIC_AUTHORIZATION_FAILED);
      if (isInternalTopic(name)) return refused(INVALID_TOPIC_EXCEPTION);
      return {
        partitionIndex,
        ...context.services.replicas.deleteRecords({ topic: name, partition: partitionIndex }, offset),
      };
    }),
  }));
  reply({ topics });
});
