import { answer } from "@/app/border/answer";
import { topicPath } from "@/app/border/path-contracts";
import { readTopicNotes } from "@/server/console/topic-notes/read-topic-notes";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topics/[topic]/notes">,
): Promise<Response> {
  return answer({
    contract: topicPath,
    input: await params,
    run: readTopicNotes,
    door: "GET /api/clusters/[cluster]/topics/[topic]/notes",
  });
}
