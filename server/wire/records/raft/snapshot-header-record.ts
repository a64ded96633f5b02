import { recordType } from "../../record-type.ts";
import { i16, i64 } from "../../schema.ts";

/** The control record at the beginning of a snapshot (KIP-630). */
export const SnapshotHeaderRecord = recordType(
  { kind: "data", name: "SnapshotHeaderRecord", versions: "0", flexible: 0 },
  { version: i16, lastContainedLogTimestamp: i64 },
);
