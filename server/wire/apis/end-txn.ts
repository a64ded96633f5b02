import { api } from "../api.ts";
import { bool, i16, i32, i64, str } from "../schema.ts";

/** Commits or aborts a transaction (KIP-98); version 5 answers with a new epoch (KIP-890). */
export const EndTxn = api(
  { key: 26, name: "EndTxn", versions: "0-5", flexible: 3, listeners: ["broker"] },
  {
    transactionalId: str.entity("transactionalId"),
    producerId: i64.entity("producerId"),
    producerEpoch: i16,
    committed: bool,
  },
  {
    throttleTimeMs: i32,
    errorCode: i16,
    producerId: i64.v("5+").def(-1).entity("producerId").ignorable(),
    producerEpoch: i16.v("5+").def(-1).ignorable(),
  },
);
