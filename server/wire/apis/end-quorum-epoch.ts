import { api } from "../api.ts";
import { arr, i16, i32, str, u16, uuid } from "../schema.ts";

/** Tells the other voters that the leader of the metadata log steps down (KIP-595). */
export const EndQuorumEpoch = api(
  { key: 54, name: "EndQuorumEpoch", versions: "0-1", flexible: 1, listeners: ["controller"] },
  {
    clusterId: str.nullable().def(null),
    topics: arr({
      topicName: str.entity("topicName"),
      partitions: arr({
        partitionIndex: i32,
        leaderId: i32.entity("brokerId"),
        leaderEpoch: i32,
        preferredSuccessors: arr(i32).v("0").ignorable(),
        preferredCandidates: arr({ candidateId: i32.entity("brokerId"), candidateDirectoryId: uuid })
          .v("1+")
          .ignorable(),
      }),
    }),
    leaderEndpoints: arr({ name: str.mapKey(), host: str, port: u16 }).v("1+").ignorable(),
  },
  {
    errorCode: i16,
    topics: arr({
      topicName: str.entity("topicName"),
      partitions: arr({ partitionIndex: i32, errorCode: i16, leaderId: i32.entity("brokerId"), leaderEpoch: i32 }),
    }),
    nodeEndpoints: arr({ nodeId: i32.entity("brokerId").mapKey(), host: str, port: u16 }).tag(0, "1+"),
  },
);
