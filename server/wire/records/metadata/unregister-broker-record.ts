import { recordType } from "../../record-type.ts";
import { i32, i64 } from "../../schema.ts";

/** A broker's registration is gone (KIP-631). */
export const UnregisterBrokerRecord = recordType(
  { kind: "metadata", apiKey: 1, name: "UnregisterBrokerRecord", versions: "0", flexible: 0 },
  { brokerId: i32.entity("brokerId"), brokerEpoch: i64 },
);
