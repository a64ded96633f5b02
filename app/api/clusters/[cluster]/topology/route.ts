import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { readTopology } from "@/server/console/read-topology";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topology">,
): Promise<Response> {
  return answer({
    contract: clusterPath,
    input: await params,
    run: readTopology,
    door: "GET /api/clusters/[cluster]/topology",
  });
}
