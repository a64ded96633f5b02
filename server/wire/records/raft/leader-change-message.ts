import { recordType } from "../../record-type.ts";
import { arr, i16, i32, uuid } from "../../schema.ts";

const voter = { voterId: i32, voterDirectoryId: uuid.v("1+") };

/**
 * The control record that a new leader of the metadata log writes first: itself, the voters and who voted for it
 * (KIP-595).
 */
export const LeaderChangeMessage = recordType(
  { kind: "data", name: "LeaderChangeMessage", versions: "0-1", flexible: 0 },
  { version: i16, leaderId: i32.entity("brokerId"), voters: arr(voter), grantingVoters: arr(voter) },
);
