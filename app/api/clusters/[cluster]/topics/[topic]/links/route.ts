import { answer } from "@/app/border/answer";
import { topicPath } from "@/app/border/path-contracts";
import { listTopicLinks } from "@/server/console/list-topic-links";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topics/[topic]/links">,
): Promise<Response> {
  return answer({
    contract: topicPath,
    input: await params,
    run: listTopicLinks,
    door: "GET /api/clusters/[cluster]/topics/[topic]/links",
  });
}
