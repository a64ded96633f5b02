import { answer } from "@/app/border/answer";
import { topicPath } from "@/app/border/path-contracts";
import { listTopicAccess } from "@/server/console/list-topic-access";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topics/[topic]/access">,
): Promise<Response> {
  return answer({
    contract: topicPath,
    input: await params,
    run: listTopicAccess,
    door: "GET /api/clusters/[cluster]/topics/[topic]/access",
  });
}
