import { answer } from "@/app/border/answer";
import { topicPath } from "@/app/border/path-contracts";
import { readStatistics } from "@/server/console/start-statistics";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topics/[topic]/statistics">,
): Promise<Response> {
  return answer({ contract: topicPath, input: await params, run: readStatistics, door: "GET statistics" });
}
