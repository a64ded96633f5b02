import type { CoordinatorRecordType } from "../../coordinator-record.ts";
import { ShareSnapshotKey, ShareSnapshotValue } from "./share-snapshot.ts";
import { ShareUpdateKey, ShareUpdateValue } from "./share-update.ts";

const declared: readonly CoordinatorRecordType[] = [
  { key: ShareSnapshotKey, value: ShareSnapshotValue },
  { key: ShareUpdateKey, value: ShareUpdateValue },
];

/** Every kind of record in __share_group_state, by the number before its key. */
export const shareRecordTypes: ReadonlyMap<number, CoordinatorRecordType> = new Map(
  declared.map((pair) => [pair.key.apiKey, pair]),
);
