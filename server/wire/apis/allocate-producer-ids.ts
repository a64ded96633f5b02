import { api } from "../api.ts";
import { i16, i32, i64 } from "../schema.ts";

/** Gives a broker a block of producer ids (KIP-730). */
export const AllocateProducerIds = api(
  { key: 67, name: "AllocateProducerIds", versions: "0", flexible: 0, listeners: ["controller"] },
  { brokerId: i32.entity("brokerId"), brokerEpoch: i64.def(-1) },
  { throttleTimeMs: i32, errorCode: i16, producerIdStart: i64.entity("producerId"), producerIdLen: i32 },
);
