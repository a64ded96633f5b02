import { answer } from "@/app/border/answer";
import { groupPath } from "@/app/border/path-contracts";
import { listRebalances } from "@/server/console/list-rebalances";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/groups/[group]/rebalances">,
): Promise<Response> {
  return answer({
    contract: groupPath,
    input: await params,
    run: listRebalances,
    door: "GET /api/clusters/[cluster]/groups/[group]/rebalances",
  });
}
