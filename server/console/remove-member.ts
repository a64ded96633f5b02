import { type RemoveMemberInput, removeMemberInput } from "../../lib/contracts/group-offsets.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { formatPartitionSet } from "../../lib/partition-set.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import type { GroupMember } from "../client/admin/describe-groups.ts";
import { removeGroupMember } from "../client/admin/leave-group.ts";
import { defineChange } from "./change.ts";
import type { Cluster } from "./cluster.ts";
import { groupAttempt, groupStanding } from "./group-standing.ts";
import { samplerOf } from "./sampled.ts";
import { kafkaProblem } from "./to-problem.ts";

/** What the coordinator writes down as the reason (KIP-800). */
const REASON = "removed by hand in the Odradek console";

/** Taking a member out of its group. A client that still runs joins again by itself: it helps against those that do not. */
export const removeMemberChange = defineChange<RemoveMemberInput, { readonly memberId: string }>({
  kind: "remove-member",
  input: removeMemberInput,
  verb: ({ instanceId, memberId }) => `Remove member ${instanceId ?? memberId} from`,
  failed: ({ group }) => `The member of ${group} was not removed`,
  target: ({ group }) => ({ type: "group", name: group }),
  async plan({ cluster }, input, title) {
    const found = await findMember(cluster, input, title);
    if (!found.ok) return found;
    const { member, others } = found.value;
    const count = (member.assignment ?? []).reduce((sum, { partitions }) => sum + partitions.length, 0);
    const heirs =
      others === 0 ? "Nobody is left to read them." : `The other ${formatNumberOf(others, "member")} get them.`;
    const text = `Its ${formatNumberOf(count, "partition")} ${count === 1 ? "is" : "are"} given up, and the group rebalances. ${heirs}`;
    return succeed({
      before: factsOf(member),
      after: {},
      impact: [
        { severity: others === 0 && count > 0 ? "critical" : "warning", text },
        { severity: "info", text: "A client that still runs joins again at once." },
      ],
      problems: [],
    });
  },
  async act(scope, input, title) {
    const { cluster } = scope;
    const found = await findMember(cluster, input, title);
    if (!found.ok) return found;
    const { group, memberId, instanceId } = input;
    const errorCode = await removeGroupMember(cluster.client, group, { memberId, instanceId, reason: REASON });
    samplerOf(scope).sweepNow();
    if (errorCode !== 0) {
      const isNewer = found.value.protocol === "consumer" && errorCode === UNKNOWN_MEMBER_ID;
      const detail = isNewer
        ? "Members of a KIP-848 group leave by themselves or by their session timeout: Kafka lets nobody else take them out."
        : null;
      return fail(kafkaProblem(errorCode, detail, groupAttempt(cluster, group, title)));
    }
    const { member } = found.value;
    const summary = `${member.clientId} on ${member.host.replace(/^\//, "")}`;
    return succeed({ value: { memberId }, before: factsOf(member), after: {}, summary });
  },
  revert: () => ({ irreversible: "A member joins by itself, when its application runs." }),
});

const UNKNOWN_MEMBER_ID = 25;

type Found = { readonly member: GroupMember; readonly others: number; readonly protocol: string };

async function findMember(
  cluster: Cluster,
  { group, memberId }: RemoveMemberInput,
  title: string,
): Promise<Result<Found>> {
  const standing = await groupStanding(cluster, group, title);
  if (!standing.ok) return standing;
  const { members, protocol } = standing.value.description;
  const member = members.find((one) => one.memberId === memberId);
  if (member) return succeed({ member, others: members.length - 1, protocol });
  const detail = `${group} has no member ${memberId} now.`;
  const suggestion = "It has left, or joined again under another id. Look at its members again.";
  return fail(problem({ code: "changed-meanwhile", title, detail, suggestion }));
}

function factsOf({ clientId, host, memberId, instanceId, assignment }: GroupMember) {
  return {
    "client.id": clientId,
    host: host.replace(/^\//, ""),
    "member.id": memberId,
    ...(instanceId !== null && { "group.instance.id": instanceId }),
    ...Object.fromEntries((assignment ?? []).map(({ topic, partitions }) => [topic, formatPartitionSet(partitions)])),
  };
}
