import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { readQuorum } from "@/server/console/read-quorum";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/quorum">,
): Promise<Response> {
  return answer({
    contract: clusterPath,
    input: await params,
    run: readQuorum,
    door: "GET /api/clusters/[cluster]/quorum",
  });
}
