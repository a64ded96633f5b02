import { recordType } from "../../record-type.ts";
import { i32 } from "../../schema.ts";

/** The value of the control record that ends a transaction in a partition (KIP-98). */
export const EndTxnMarker = recordType(
  { kind: "data", name: "EndTxnMarker", versions: "0", flexible: "never" },
  { coordinatorEpoch: i32 },
);
