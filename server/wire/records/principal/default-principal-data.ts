import { recordType } from "../../record-type.ts";
import { bool, str } from "../../schema.ts";

/** A principal inside an Envelope (KIP-590). Behind an int16 version. */
export const DefaultPrincipalData = recordType(
  { kind: "data", name: "DefaultPrincipalData", versions: "0", flexible: 0 },
  { type: str, name: str, tokenAuthenticated: bool },
);
