import { answer } from "@/app/border/answer";
import { groupPath } from "@/app/border/path-contracts";
import { offsetPlanQuery } from "@/lib/contracts/group-offsets";
import { planOffsets } from "@/server/console/plan-offsets";

const contract = groupPath.extend({ query: offsetPlanQuery });

/** A read with a body: what a change of offsets would do. */
export async function POST(
  request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/groups/[group]/offsets">,
): Promise<Response> {
  const query: unknown = await request.json().catch(() => undefined);
  return answer({
    contract,
    input: { ...(await params), query },
    run: planOffsets,
    door: "POST /api/clusters/[cluster]/groups/[group]/offsets",
  });
}
