import { recordType } from "../../record-type.ts";
import { arr, i32, i64, str, uuid } from "../../schema.ts";

/**
 * The content of the file quorum-state: which epoch it is, who leads it and whom this node voted for (KIP-595);
 * version 1 knows directories (KIP-853).
 */
export const QuorumStateData = recordType(
  { kind: "data", name: "QuorumStateData", versions: "0-1", flexible: 0 },
  {
    clusterId: str.v("0"),
    leaderId: i32.def(-1),
    leaderEpoch: i32.def(-1),
    votedId: i32.def(-1),
    votedDirectoryId: uuid.v("1+"),
    appliedOffset: i64.v("0"),
    currentVoters: arr({ voterId: i32 }).v("0").nullable(),
  },
);
