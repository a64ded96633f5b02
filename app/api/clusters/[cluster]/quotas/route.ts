import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { listQuotas } from "@/server/console/change-quotas";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/quotas">,
): Promise<Response> {
  return answer({
    contract: clusterPath,
    input: await params,
    run: listQuotas,
    door: "GET /api/clusters/[cluster]/quotas",
  });
}
