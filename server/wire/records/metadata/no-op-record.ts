import { recordType } from "../../record-type.ts";

/** Nothing, written now and then so that followers see that the log moves (KIP-835). */
export const NoOpRecord = recordType(
  { kind: "metadata", apiKey: 20, name: "NoOpRecord", versions: "0", flexible: 0 },
  {},
);
