import { recordType } from "../../record-type.ts";
import { i16 } from "../../schema.ts";

/** The control record that finalises kraft.version (KIP-853). */
export const KRaftVersionRecord = recordType(
  { kind: "data", name: "KRaftVersionRecord", versions: "0", flexible: 0 },
  { version: i16, kRaftVersion: i16 },
);
