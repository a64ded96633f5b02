import { api } from "../api.ts";
import { arr, i16, i32, str, struct, u16, uuid } from "../schema.ts";

/** Tells the leader a voter's endpoints and the versions of the quorum that it supports (KIP-853). */
export const UpdateRaftVoter = api(
  { key: 82, name: "UpdateRaftVoter", versions: "0", flexible: 0, listeners: ["controller"] },
  {
    clusterId: str.nullable(),
    currentLeaderEpoch: i32,
    voterId: i32,
    voterDirectoryId: uuid,
    listeners: arr({ name: str.mapKey(), host: str, port: u16 }),
    kRaftVersionFeature: struct({ minSupportedVersion: i16, maxSupportedVersion: i16 }),
  },
  {
    throttleTimeMs: i32,
    errorCode: i16,
    currentLeader: struct({
      leaderId: i32.def(-1).entity("brokerId"),
      leaderEpoch: i32.def(-1),
      host: str,
      port: i32,
    }).tag(0, "0+"),
  },
);
