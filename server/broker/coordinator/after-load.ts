import { type Decision, type Moment } from "./decision.ts";
import { GroupDraft } from "./group-draft.ts";
import type { ClassicGroup } from "./classic-group.ts";
import { rearmSession, rebalanceOrComplete } from "./rebalance.ts";

/** What a coordinator does with a group that it has just loaded: its members' sessions begin anew, and a group over `group.max.size` shrinks. */
export function decideAfterLoad({ groupId, live }: ClassicGroup, moment: Moment): Decision {
  const draft = new GroupDraft(groupId, live);
  for (const memberId of live.members.keys()) rearmSession(draft, memberId);
  if (live.members.size > moment.config.maxSize)
    rebalanceOrComplete(draft, "the group is larger than group.max.size", moment);
  return draft.decision();
}
