import { api } from "../api.ts";
import { arr, bool, i16, i32, i64, str, u16, uuid } from "../schema.ts";

/**
 * Asks for a vote, or whether a vote could be had, in an election of the metadata log's leader (KIP-595, pre-vote
 * KIP-996).
 */
export const Vote = api(
  { key: 52, name: "Vote", versions: "0-2", flexible: 0, listeners: ["controller"] },
  {
    clusterId: str.nullable().def(null),
    voterId: i32.v("1+").def(-1).entity("brokerId").ignorable(),
    topics: arr({
      topicName: str.entity("topicName"),
      partitions: arr({
        partitionIndex: i32,
        replicaEpoch: i32,
        replicaId: i32.entity("brokerId"),
        replicaDirectoryId: uuid.v("1+").ignorable(),
        voterDirectoryId: uuid.v("1+").ignorable(),
        lastOffsetEpoch: i32,
        lastOffset: i64,
        preVote: bool.v("2+"),
      }),
    }),
  },
  {
    errorCode: i16,
    topics: arr({
      topicName: str.entity("topicName"),
      partitions: arr({
        partitionIndex: i32,
        errorCode: i16,
        leaderId: i32.entity("brokerId"),
        leaderEpoch: i32,
        voteGranted: bool,
      }),
    }),
    nodeEndpoints: arr({ nodeId: i32.entity("brokerId").mapKey(), host: str, port: u16 }).tag(0, "1+"),
  },
);
