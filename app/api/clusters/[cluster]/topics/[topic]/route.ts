import { answer } from "@/app/border/answer";
import { topicPath } from "@/app/border/path-contracts";
import { describeTopic } from "@/server/console/describe-topic";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topics/[topic]">,
): Promise<Response> {
  return answer({
    contract: topicPath,
    input: await params,
    run: describeTopic,
    door: "GET /api/clusters/[cluster]/topics/[topic]",
  });
}
