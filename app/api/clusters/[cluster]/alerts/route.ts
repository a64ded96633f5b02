import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { listAlerts } from "@/server/console/list-alerts";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/alerts">,
): Promise<Response> {
  return answer({
    contract: clusterPath,
    input: await params,
    run: listAlerts,
    door: "GET /api/clusters/[cluster]/alerts",
  });
}
