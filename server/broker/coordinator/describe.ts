import type { ClassicGroup } from "./classic-group.ts";
import type { DescribedGroup, ListedGroup } from "./described-group.ts";
import { metadataOf, NO_BYTES } from "./protocol-choice.ts";

/** A group as DescribeGroups tells it: what the members said and got only while it is Stable. */
export function describeGroup({ groupId, live }: ClassicGroup): DescribedGroup {
  const isStable = live.phase.name === "Stable";
  return {
    groupId,
    state: live.phase.name,
    protocolType: live.protocolType ?? "",
    protocolName: isStable ? (live.protocolName ?? "") : "",
    members: [...live.members.values()].map((member) => ({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      metadata: isStable ? metadataOf(member, live.protocolName) : NO_BYTES,
      assignment: isStable ? member.assignment : NO_BYTES,
    })),
  };
}

/** A group as ListGroups tells it. */
export function listGroup({ groupId, live }: ClassicGroup): ListedGroup {
  return { groupId, protocolType: live.protocolType ?? "", state: live.phase.name, type: "classic" };
}
