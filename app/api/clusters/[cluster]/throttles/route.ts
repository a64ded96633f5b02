import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { listThrottles } from "@/server/console/list-throttles";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/throttles">,
): Promise<Response> {
  return answer({
    contract: clusterPath,
    input: await params,
    run: listThrottles,
    door: "GET /api/clusters/[cluster]/throttles",
  });
}
