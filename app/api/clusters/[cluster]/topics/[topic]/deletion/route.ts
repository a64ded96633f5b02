import { answer } from "@/app/border/answer";
import { topicPath } from "@/app/border/path-contracts";
import { planTopicDeletion } from "@/server/console/plan-topic-deletion";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topics/[topic]/deletion">,
): Promise<Response> {
  return answer({
    contract: topicPath,
    input: await params,
    run: planTopicDeletion,
    door: "GET /api/clusters/[cluster]/topics/[topic]/deletion",
  });
}
