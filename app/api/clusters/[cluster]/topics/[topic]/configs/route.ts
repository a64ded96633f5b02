import { answer } from "@/app/border/answer";
import { topicPath } from "@/app/border/path-contracts";
import { describeTopicConfigs } from "@/server/console/describe-topic-configs";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topics/[topic]/configs">,
): Promise<Response> {
  return answer({
    contract: topicPath,
    input: await params,
    run: describeTopicConfigs,
    door: "GET /api/clusters/[cluster]/topics/[topic]/configs",
  });
}
