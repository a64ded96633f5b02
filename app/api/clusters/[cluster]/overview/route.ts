import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { readOverview } from "@/server/console/read-overview";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/overview">,
): Promise<Response> {
  return answer({
    contract: clusterPath,
    input: await params,
    run: readOverview,
    door: "GET /api/clusters/[cluster]/overview",
  });
}
