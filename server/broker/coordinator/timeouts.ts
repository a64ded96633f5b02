import { isAwaitingJoin, isAwaitingSync } from "./classic-group.ts";
import { type Decision, type Moment, NOTHING } from "./decision.ts";
import { GroupDraft } from "./group-draft.ts";
import type { GroupImage } from "./group-image.ts";
import type { GroupTimerEvent } from "./group-event.ts";
import { completeJoin, maybeCompleteJoin, rebalanceOrComplete, removeMember } from "./rebalance.ts";

/** A timer of a group fired. What it was for may be over; then nothing happens. */
export function decideTimeout(image: GroupImage, event: GroupTimerEvent, moment: Moment): Decision {
  const group = image.groups.get(event.groupId)?.live;
  if (group === undefined) return NOTHING;
  const draft = new GroupDraft(event.groupId, group);
  switch (event.type) {
    case "session-expired":
      return endSession(draft, event.memberId, moment);
    case "initial-delay-passed":
      return endInitialDelay(draft, event.delayMs, event.remainingMs, moment);
    case "join-timed-out":
      if (group.phase.name !== "PreparingRebalance") return NOTHING;
      completeJoin(draft, moment);
      return draft.decision();
    case "sync-timed-out":
      return endSync(draft, event.generationId, moment);
  }
}

/** Members that wait for the others need not send heartbeats; a new one cannot, so it is bounded all the same. */
function endSession(draft: GroupDraft, memberId: string, moment: Moment): Decision {
  const { group } = draft;
  const member = group.members.get(memberId);
  if (member === undefined && !group.pendingJoins.has(memberId)) return NOTHING;
  const isWaiting = isAwaitingJoin(group, memberId) || isAwaitingSync(group, memberId);
  if (member !== undefined && !member.isNew && isWaiting) return NOTHING;
  removeMember(draft, memberId);
  const { name } = group.phase;
  const disturbs = member !== undefined && (name === "Stable" || name === "CompletingRebalance");
  if (disturbs) rebalanceOrComplete(draft, `the session of member ${memberId} expired`, moment);
  else maybeCompleteJoin(draft, moment);
  return draft.decision();
}

/** Waits once more when a member came meanwhile, within the group's rebalance timeout in all. */
function endInitialDelay(draft: GroupDraft, delayMs: number, remainingMs: number, moment: Moment): Decision {
  const { phase } = draft.group;
  if (phase.name !== "PreparingRebalance") return NOTHING;
  if (phase.hasNewMember && remainingMs > 0) {
    phase.hasNewMember = false;
    draft.armInitialDelay(
      Math.min(moment.config.initialRebalanceDelayMs, remainingMs),
      Math.max(remainingMs - delayMs, 0),
    );
  } else {
    completeJoin(draft, moment);
  }
  return draft.decision();
}

/** Members that joined a generation and never asked for their share are removed. */
function endSync(draft: GroupDraft, generationId: number, moment: Moment): Decision {
  const { group } = draft;
  const { phase } = group;
  if (generationId !== group.generationId || (phase.name !== "CompletingRebalance" && phase.name !== "Stable"))
    return NOTHING;
  const silent = [...phase.pendingSyncs];
  if (silent.length === 0) return NOTHING;
  for (const memberId of silent) removeMember(draft, memberId);
  rebalanceOrComplete(draft, `members ${silent.join(", ")} did not sync in time`, moment);
  return draft.decision();
}
