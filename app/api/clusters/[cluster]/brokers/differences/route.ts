import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { compareBrokers } from "@/server/console/compare-brokers";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/brokers/differences">,
): Promise<Response> {
  return answer({
    contract: clusterPath,
    input: await params,
    run: compareBrokers,
    door: "GET /api/clusters/[cluster]/brokers/differences",
  });
}
