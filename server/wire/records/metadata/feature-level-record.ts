import { recordType } from "../../record-type.ts";
import { i16, str } from "../../schema.ts";

/** A feature was finalised at a level (KIP-584). */
export const FeatureLevelRecord = recordType(
  { kind: "metadata", apiKey: 12, name: "FeatureLevelRecord", versions: "0", flexible: 0 },
  { name: str, featureLevel: i16 },
);
