import { recordType } from "../../record-type.ts";

/** The transaction of the metadata log is complete (KIP-868). */
export const EndTransactionRecord = recordType(
  { kind: "metadata", apiKey: 24, name: "EndTransactionRecord", versions: "0", flexible: 0 },
  {},
);
