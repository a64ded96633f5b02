import { recordType } from "../../record-type.ts";
import { str } from "../../schema.ts";

/** The records up to the next EndTransactionRecord hold together (KIP-868). */
export const BeginTransactionRecord = recordType(
  { kind: "metadata", apiKey: 23, name: "BeginTransactionRecord", versions: "0", flexible: 0 },
  { name: str.nullable().def(null).tag(0, "0+") },
);
