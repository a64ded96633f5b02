import { answer } from "@/app/border/answer";
import { groupPath } from "@/app/border/path-contracts";
import { removalQuery } from "@/lib/contracts/group-offsets";
import { planMemberRemoval } from "@/server/console/remove-member";

const contract = groupPath.extend({ member: removalQuery });

/** A read with a body: a member's id is too long and odd for an address. */
export async function POST(
  request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/groups/[group]/removal">,
): Promise<Response> {
  const member: unknown = await request.json().catch(() => undefined);
  return answer({
    contract,
    input: { ...(await params), member },
    run: (context, actor, { member: { memberId, instanceId }, ...place }) =>
      planMemberRemoval(context, actor, { ...place, memberId, instanceId }),
    door: "POST /api/clusters/[cluster]/groups/[group]/removal",
  });
}
