import type { RecordedGroup } from "./classic-group.ts";
import type { CommittedOffset } from "./committed-offset.ts";

/** What the group coordinator writes to `__consumer_offsets`; a null value deletes (a tombstone). `group-record-codec.ts` has their bytes. */
export type GroupRecord = GroupMetadataRecord | OffsetCommitRecord;

/** GroupMetadataKey and GroupMetadataValue. */
export type GroupMetadataRecord = {
  readonly type: "group-metadata";
  readonly groupId: string;
  readonly value: RecordedGroup | null;
};

/** OffsetCommitKey and OffsetCommitValue. */
export type OffsetCommitRecord = {
  readonly type: "offset-commit";
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
  readonly value: CommittedOffset | null;
};
