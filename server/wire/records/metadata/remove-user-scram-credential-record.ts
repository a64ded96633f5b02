import { recordType } from "../../record-type.ts";
import { i8, str } from "../../schema.ts";

/** A user's SCRAM credential was removed (KIP-900). */
export const RemoveUserScramCredentialRecord = recordType(
  { kind: "metadata", apiKey: 22, name: "RemoveUserScramCredentialRecord", versions: "0", flexible: 0 },
  { name: str, mechanism: i8 },
);
