import { api } from "../api.ts";
import { arr, i16, i32, str, u16, uuid } from "../schema.ts";

/** Tells the other voters that an epoch of the metadata log has a leader (KIP-595). */
export const BeginQuorumEpoch = api(
  { key: 53, name: "BeginQuorumEpoch", versions: "0-1", flexible: 1, listeners: ["controller"] },
  {
    clusterId: str.nullable().def(null),
    voterId: i32.v("1+").def(-1).entity("brokerId").ignorable(),
    topics: arr({
      topicName: str.entity("topicName"),
      partitions: arr({
        partitionIndex: i32,
        voterDirectoryId: uuid.v("1+").ignorable(),
        leaderId: i32.entity("brokerId"),
        leaderEpoch: i32,
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
