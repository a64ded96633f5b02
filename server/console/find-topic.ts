import { topicName } from "../../lib/contracts/primitives.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { describeTopic } from "../client/admin/topics.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import type { Cluster } from "./cluster.ts";
import { kafkaProblem } from "./to-problem.ts";

/** Kafka's code for a topic that is not there (`UNKNOWN_TOPIC_OR_PARTITION`). */
const UNKNOWN_TOPIC = 3;

/** A lost connection is made again within this; a cluster that stays away is said to be away while somebody still waits. */
const PATIENCE_MS = 1_500;

/** One topic, fresh from the cluster, or why there is none: `topic-not-found`, `not-authorised` … */
export async function findTopic(cluster: Cluster, name: string, title: string): Promise<Result<TopicMetadata>> {
  // A name that Kafka does not allow (an address may hold anything) is the name of no topic.
  const isName = topicName.safeParse(name).success;
  const { client } = cluster;
  const topic = isName ? await describeTopic(client, name, client.deadline(PATIENCE_MS)) : undefined;
  const errorCode = topic?.errorCode ?? UNKNOWN_TOPIC;
  if (topic && errorCode === 0) return succeed(topic);
  const detail = errorCode === UNKNOWN_TOPIC ? `The cluster has no topic ${name}.` : null;
  return fail(
    kafkaProblem(errorCode, detail, {
      title,
      facts: [["topic", name]],
      needs: { operation: "Describe", resource: { topic: name } },
      identity: cluster.identity,
    }),
  );
}
