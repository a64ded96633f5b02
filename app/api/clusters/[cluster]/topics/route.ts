import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { listTopics } from "@/server/console/list-topics";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topics">,
): Promise<Response> {
  return answer({
    contract: clusterPath,
    input: await params,
    run: listTopics,
    door: "GET /api/clusters/[cluster]/topics",
  });
}
