import { api } from "../api.ts";
import { i16, i32, str, uuid } from "../schema.ts";

/** Removes a controller from the voters of the metadata log (KIP-853). */
export const RemoveRaftVoter = api(
  { key: 81, name: "RemoveRaftVoter", versions: "0", flexible: 0, listeners: ["controller", "broker"] },
  { clusterId: str.nullable(), voterId: i32, voterDirectoryId: uuid },
  { throttleTimeMs: i32, errorCode: i16, errorMessage: str.nullable().ignorable() },
);
