import { recordType } from "../../record-type.ts";
import { i16 } from "../../schema.ts";

/** The control record at the end of a snapshot (KIP-630). */
export const SnapshotFooterRecord = recordType(
  { kind: "data", name: "SnapshotFooterRecord", versions: "0", flexible: 0 },
  { version: i16 },
);
