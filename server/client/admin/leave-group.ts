import { LeaveGroup } from "../../wire/apis/leave-group.ts";
import { NONE } from "../../wire/errors.ts";
import type { ClusterClient } from "../cluster-client.ts";

/** Whom to take out: a static member by its group.instance.id, another by its member id. */
export type LeavingMember = { readonly memberId: string; readonly instanceId: string | null };

/** Takes a member out of its group at the coordinator (KIP-345, KIP-800). The error code that came back; UNKNOWN_MEMBER_ID when it is not there. */
export async function removeGroupMember(
  client: ClusterClient,
  groupId: string,
  { memberId, instanceId, reason }: LeavingMember & { readonly reason: string },
): Promise<number> {
  const member = { memberId: instanceId === null ? memberId : "", groupInstanceId: instanceId, reason };
  const response = await client.ask(
    LeaveGroup,
    { groupId, members: [member] },
    { to: { coordinator: "group", key: groupId }, errorCodes: ({ errorCode }) => [errorCode] },
  );
  return response.errorCode || (response.members[0]?.errorCode ?? NONE);
}
