import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { listTopics } from "@/server/console/list-topics";

/** Columns that take longer come with the next answer. */
const patienceMs = 400;

/** Every topic; `partial` while some of its facts are still being read. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topics">,
): Promise<Response> {
  return answer({
    contract: clusterPath,
    input: await params,
    run: (context, actor, input) => listTopics(context, actor, { ...input, patienceMs }),
    door: "GET /api/clusters/[cluster]/topics",
  });
}
