import { answer } from "@/app/border/answer";
import { topicPath } from "@/app/border/path-contracts";
import { listPartitions } from "@/server/console/list-partitions";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topics/[topic]/partitions">,
): Promise<Response> {
  return answer({
    contract: topicPath,
    input: await params,
    run: listPartitions,
    door: "GET /api/clusters/[cluster]/topics/[topic]/partitions",
  });
}
