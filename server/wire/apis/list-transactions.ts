import { api } from "../api.ts";
import { arr, i16, i32, i64, str } from "../schema.ts";

/**
 * Lists the transactions of a coordinator, filtered by state, producer, duration or pattern (KIP-664, KIP-994,
 * KIP-1152).
 */
export const ListTransactions = api(
  { key: 66, name: "ListTransactions", versions: "0-2", flexible: 0, listeners: ["broker"] },
  {
    stateFilters: arr(str),
    producerIdFilters: arr(i64).entity("producerId"),
    durationFilter: i64.v("1+").def(-1),
    transactionalIdPattern: str.v("2+").nullable().def(null),
  },
  {
    throttleTimeMs: i32,
    errorCode: i16,
    unknownStateFilters: arr(str),
    transactionStates: arr({
      transactionalId: str.entity("transactionalId"),
      producerId: i64.entity("producerId"),
      transactionState: str,
    }),
  },
);
