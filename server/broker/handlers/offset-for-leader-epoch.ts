import { OffsetForLeaderEpoch } from "../../wire/apis/offset-for-leader-epoch.ts";
import { TOPIC_AUTHORIZATION_FAILED } from "../../wire/errors.ts";
import { handler } from "../network/handler.ts";
import type { BrokerContext } from "./services.ts";

/** Tells where a leader epoch ends, so that a consumer or follower notices what was truncated (KIP-101, KIP-320). */
export const offsetForLeaderEpoch = handler(OffsetForLeaderEpoch, (request, context: BrokerContext, reply) => {
  const topics = request.topics.map(({ topic, partitions }) => ({
    topic,
    partitions: partitions.map(({ partition, currentLeaderEpoch, leaderEpoch }) => {
      if (!context.may("describe", { topic })) return { partition, errorCode: TOPIC_AUTHORIZATION_FAILED };
      const query = { leaderEpoch, currentLeaderEpoch };
      return { partition, ...context.services.replicas.offsetForLeaderEpoch({ topic, partition }, query) };
    }),
  }));
  reply({ topics });
});
