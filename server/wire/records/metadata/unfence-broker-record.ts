import { recordType } from "../../record-type.ts";
import { i32, i64 } from "../../schema.ts";

/** A broker was unfenced: older metadata.versions only, later ones use BrokerRegistrationChangeRecord (KIP-631). */
export const UnfenceBrokerRecord = recordType(
  { kind: "metadata", apiKey: 8, name: "UnfenceBrokerRecord", versions: "0", flexible: 0 },
  { id: i32.entity("brokerId"), epoch: i64 },
);
