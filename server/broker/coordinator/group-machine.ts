import type { Log } from "../../environment/environment.ts";
import { decideAfterLoad } from "./after-load.ts";
import { apply } from "./apply.ts";
import type { LiveChange } from "./decision.ts";
import { decide } from "./decide.ts";
import type { GroupConfig } from "./group-config.ts";
import type { Answer, GroupEvent } from "./group-event.ts";
import { emptyGroupImage, type GroupImage } from "./group-image.ts";
import type { GroupRecord } from "./group-record.ts";
import { decodeGroupRecord, encodeGroupRecord } from "./group-record-codec.ts";
import type { Machine } from "./machine.ts";
import type { Shard } from "./shard.ts";

/** The groups of one partition of `__consumer_offsets`, alive. */
export type GroupShard = Shard<GroupImage, GroupEvent, GroupRecord, LiveChange, Answer>;

/** Classic groups and committed offsets, for the shell. Tells `log` when a group changes its phase or generation. */
export function groupMachine(
  config: () => GroupConfig,
  log: Log,
): Machine<GroupImage, GroupEvent, GroupRecord, LiveChange, Answer> {
  return {
    empty: emptyGroupImage,
    decide: (image, event, nowMs) => decide(image, event, { nowMs, config: config() }),
    apply,
    endTransaction: (image, producerId, isCommitted) => image.offsets.endTransaction(producerId, isCommitted),
    change: (image, change) => setLive(image, change, log),
    loaded: (image, nowMs) =>
      [...image.groups.values()].map((group) => decideAfterLoad(group, { nowMs, config: config() })),
    encode: encodeGroupRecord,
    decode: decodeGroupRecord,
    refused: (errorCode) => ({ type: "refused", errorCode }),
  };
}

function setLive(image: GroupImage, change: LiveChange, log: Log): void {
  const entry = image.groups.get(change.groupId);
  if (entry === undefined) return;
  const { group, reason } = change;
  entry.live = group;
  if (reason === "") return;
  log.info(
    {
      group: change.groupId,
      state: group.phase.name,
      generation: group.generationId,
      members: group.members.size,
      reason,
    },
    "group moved on",
  );
}
