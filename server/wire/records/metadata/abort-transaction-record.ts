import { recordType } from "../../record-type.ts";
import { str } from "../../schema.ts";

/** The transaction of the metadata log never happened (KIP-868). */
export const AbortTransactionRecord = recordType(
  { kind: "metadata", apiKey: 25, name: "AbortTransactionRecord", versions: "0", flexible: 0 },
  { reason: str.nullable().def(null).tag(0, "0+") },
);
