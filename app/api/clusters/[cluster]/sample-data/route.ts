import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { planSampleData } from "@/server/console/load-sample-data";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/sample-data">,
): Promise<Response> {
  return answer({
    contract: clusterPath,
    input: await params,
    run: planSampleData,
    door: "GET /api/clusters/[cluster]/sample-data",
  });
}
