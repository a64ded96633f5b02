import type { Connection } from "../../client/connection.ts";
import { ListOffsets } from "../../wire/apis/list-offsets.ts";
import { NONE, UNKNOWN_TOPIC_OR_PARTITION } from "../../wire/errors.ts";
import type { Refusal } from "../refusal.ts";
import type { Offset } from "../log/log-config.ts";
import type { LeaderRange } from "./follower-log.ts";
import type { Partition } from "./partition.ts";

/** Timestamps of ListOffsets that name the ends of the log. */
const LATEST = -1;
const EARLIEST_LOCAL = -4;

/** Who asks. */
export type RangeQuestion = { readonly nodeId: number; readonly leaderEpoch: number; readonly deadlineMs: number };

/** Asks a leader from where to where its log goes; as a follower, so to its very end. Rejects with ClientError. */
export async function askLeaderRange(
  connection: Connection,
  { topicPartition }: Partition,
  question: RangeQuestion,
): Promise<LeaderRange | Refusal> {
  const ask = async (timestamp: number): Promise<Offset | Refusal> => {
    const { nodeId: replicaId, leaderEpoch: currentLeaderEpoch, deadlineMs } = question;
    const partitions = [{ partitionIndex: topicPartition.partition, currentLeaderEpoch, timestamp }];
    const request = { replicaId, topics: [{ name: topicPartition.topic, partitions }] };
    const { topics } = await connection.send(ListOffsets, request, { deadlineMs });
    const answer = topics[0]?.partitions[0];
    if (answer === undefined) return { errorCode: UNKNOWN_TOPIC_OR_PARTITION };
    return answer.errorCode === NONE ? answer.offset : { errorCode: answer.errorCode };
  };
  const endOffset = await ask(LATEST);
  if (typeof endOffset !== "number") return endOffset;
  const startOffset = await ask(EARLIEST_LOCAL);
  if (typeof startOffset !== "number") return startOffset;
  return { startOffset, endOffset };
}
