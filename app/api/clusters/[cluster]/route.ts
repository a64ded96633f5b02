import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { describeCluster } from "@/server/console/describe-cluster";

export async function GET(_request: Request, { params }: RouteContext<"/api/clusters/[cluster]">): Promise<Response> {
  return answer({
    contract: clusterPath,
    input: await params,
    run: describeCluster,
    door: "GET /api/clusters/[cluster]",
  });
}
