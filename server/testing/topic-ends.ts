import { type Admin, KafkaJSError } from "kafkajs";

/**
 * Where each partition of a topic begins and ends. A leader that was just elected names no end until it knows what was acknowledged (KIP-207), and
 * kafkajs does not ask again.
 */
export async function topicEnds(admin: Admin, topic: string): ReturnType<Admin["fetchTopicOffsets"]> {
  for (;;) {
    try {
      return await admin.fetchTopicOffsets(topic);
    } catch (error) {
      if (!(error instanceof KafkaJSError) || !error.retriable) throw error;
    }
  }
}
