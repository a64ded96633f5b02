import { recordType } from "../../record-type.ts";
import { arr, i16, i32, str, struct, u16, uuid } from "../../schema.ts";

/** The control record that lists the voters of the metadata log (KIP-853). */
export const VotersRecord = recordType(
  { kind: "data", name: "VotersRecord", versions: "0", flexible: 0 },
  {
    version: i16,
    voters: arr({
      voterId: i32.entity("brokerId"),
      voterDirectoryId: uuid,
      endpoints: arr({ name: str.mapKey(), host: str, port: u16 }),
      kRaftVersionFeature: struct({ minSupportedVersion: i16, maxSupportedVersion: i16 }),
    }),
  },
);
