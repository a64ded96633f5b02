import { api } from "../api.ts";
import { bool, i16, i32, i64, str } from "../schema.ts";

/**
 * Gives a producer its id and epoch, and fences older producers of the same transactional id (KIP-98, KIP-360).
 * Version 6 is for two-phase commit by others (KIP-939), unstable, and not advertised.
 */
export const InitProducerId = api(
  { key: 22, name: "InitProducerId", versions: "0-6", advertised: "0-5", flexible: 2, listeners: ["broker"] },
  {
    transactionalId: str.nullable().entity("transactionalId"),
    transactionTimeoutMs: i32,
    producerId: i64.v("3+").def(-1).entity("producerId"),
    producerEpoch: i16.v("3+").def(-1),
    enable2Pc: bool.v("6+"),
    keepPreparedTxn: bool.v("6+"),
  },
  {
    throttleTimeMs: i32.ignorable(),
    errorCode: i16,
    producerId: i64.def(-1).entity("producerId"),
    producerEpoch: i16,
    ongoingTxnProducerId: i64.v("6+").def(-1).entity("producerId"),
    ongoingTxnProducerEpoch: i16.v("6+").def(-1),
  },
);
