import { api } from "../api.ts";
import { arr, bool, i16, i32, str, u16, uuid } from "../schema.ts";

/** Adds a controller to the voters of the metadata log (KIP-853). */
export const AddRaftVoter = api(
  { key: 80, name: "AddRaftVoter", versions: "0-1", flexible: 0, listeners: ["controller", "broker"] },
  {
    clusterId: str.nullable(),
    timeoutMs: i32,
    voterId: i32,
    voterDirectoryId: uuid,
    listeners: arr({ name: str.mapKey(), host: str, port: u16 }),
    ackWhenCommitted: bool.v("1+").def(true),
  },
  { throttleTimeMs: i32, errorCode: i16, errorMessage: str.nullable().ignorable() },
);
