import type { GroupImage } from "./group-image.ts";
import type { GroupRecord } from "./group-record.ts";
import type { RecordPlace } from "./machine.ts";
import { restore, simpleGroup } from "./restore.ts";

/**
 * Takes a record into the image: live, and at load, where replay is a loop over it. The only writer of recorded state.
 * A group that it makes or loads begins as a new coordinator would see it; the shell then sets what the decision adds.
 */
export function apply(image: GroupImage, record: GroupRecord, place: RecordPlace): void {
  if (record.type === "offset-commit") {
    image.offsets.apply(record, place);
    const isNewGroup = record.value !== null && !image.groups.has(record.groupId);
    if (isNewGroup) image.groups.set(record.groupId, simpleGroup(record.groupId));
    return;
  }
  const { groupId, value } = record;
  if (value === null) {
    image.groups.delete(groupId);
    return;
  }
  const group = image.groups.get(groupId);
  if (group === undefined) {
    image.groups.set(groupId, { groupId, recorded: value, live: restore(value) });
    return;
  }
  group.recorded = value;
  group.live = restore(value);
}
