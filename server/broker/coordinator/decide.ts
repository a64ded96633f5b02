import { decideCommit } from "./commit.ts";
import type { Decision, Moment } from "./decision.ts";
import { decideDeleteGroup, decideDeleteOffsets, decideExpireOffsets, decideTopicsDeleted } from "./deletion.ts";
import { decideFetch } from "./fetch.ts";
import type { GroupEvent } from "./group-event.ts";
import type { GroupImage } from "./group-image.ts";
import { decideHeartbeat } from "./heartbeat.ts";
import { decideJoin } from "./join.ts";
import { decideLeave } from "./leave.ts";
import { decideSync } from "./sync.ts";
import { decideTimeout } from "./timeouts.ts";

/** What an event leads to. Changes nothing, has no clock and no randomness: the same image, event and moment give the same decision. */
export function decide(image: GroupImage, event: GroupEvent, moment: Moment): Decision {
  switch (event.type) {
    case "join":
      return decideJoin(image, event, moment);
    case "sync":
      return decideSync(image, event, moment);
    case "heartbeat":
      return decideHeartbeat(image, event);
    case "leave":
      return decideLeave(image, event, moment);
    case "commit":
      return decideCommit(image, event, moment);
    case "fetch":
      return decideFetch(image, event);
    case "delete-group":
      return decideDeleteGroup(image, event);
    case "delete-offsets":
      return decideDeleteOffsets(image, event);
    case "topics-deleted":
      return decideTopicsDeleted(image, event);
    case "expire-offsets":
      return decideExpireOffsets(image, event, moment);
    case "session-expired":
    case "initial-delay-passed":
    case "join-timed-out":
    case "sync-timed-out":
      return decideTimeout(image, event, moment);
  }
}
