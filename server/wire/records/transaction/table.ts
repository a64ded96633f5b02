import type { CoordinatorRecordType } from "../../coordinator-record.ts";
import { TransactionLogKey, TransactionLogValue } from "./transaction-log.ts";

const declared: readonly CoordinatorRecordType[] = [{ key: TransactionLogKey, value: TransactionLogValue }];

/** Every kind of record in __transaction_state, by the number before its key. */
export const transactionRecordTypes: ReadonlyMap<number, CoordinatorRecordType> = new Map(
  declared.map((pair) => [pair.key.apiKey, pair]),
);
