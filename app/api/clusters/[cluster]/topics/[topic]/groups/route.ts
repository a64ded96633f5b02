import { answer } from "@/app/border/answer";
import { topicPath } from "@/app/border/path-contracts";
import { listTopicGroups } from "@/server/console/list-topic-groups";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topics/[topic]/groups">,
): Promise<Response> {
  return answer({
    contract: topicPath,
    input: await params,
    run: listTopicGroups,
    door: "GET /api/clusters/[cluster]/topics/[topic]/groups",
  });
}
