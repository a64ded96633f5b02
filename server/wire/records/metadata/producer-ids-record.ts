import { recordType } from "../../record-type.ts";
import { i32, i64 } from "../../schema.ts";

/** Producer ids were given out up to, but without, this one (KIP-730). */
export const ProducerIdsRecord = recordType(
  { kind: "metadata", apiKey: 15, name: "ProducerIdsRecord", versions: "0", flexible: 0 },
  { brokerId: i32.entity("brokerId"), brokerEpoch: i64.def(-1), nextProducerId: i64 },
);
