import { api } from "../api.ts";
import { i16, i32, i64, str } from "../schema.ts";

/** Announces that a transaction will commit offsets of a group (KIP-98). */
export const AddOffsetsToTxn = api(
  { key: 25, name: "AddOffsetsToTxn", versions: "0-4", flexible: 3, listeners: ["broker"] },
  {
    transactionalId: str.entity("transactionalId"),
    producerId: i64.entity("producerId"),
    producerEpoch: i16,
    groupId: str.entity("groupId"),
  },
  { throttleTimeMs: i32, errorCode: i16 },
);
