import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { readTopicTrends } from "@/server/console/read-topic-trends";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/trends">,
): Promise<Response> {
  return answer({
    contract: clusterPath,
    input: await params,
    run: readTopicTrends,
    door: "GET /api/clusters/[cluster]/trends",
  });
}
