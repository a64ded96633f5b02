import { recordType } from "../../record-type.ts";
import { bytes, i32, i8, str } from "../../schema.ts";

/** A user's SCRAM credential was set (KIP-900). */
export const UserScramCredentialRecord = recordType(
  { kind: "metadata", apiKey: 11, name: "UserScramCredentialRecord", versions: "0", flexible: 0 },
  { name: str, mechanism: i8, salt: bytes, storedKey: bytes, serverKey: bytes, iterations: i32 },
);
