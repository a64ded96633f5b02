import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { readTopicMarks } from "@/server/console/topic-notes/read-topic-notes";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topic-marks">,
): Promise<Response> {
  return answer({
    contract: clusterPath,
    input: await params,
    run: readTopicMarks,
    door: "GET /api/clusters/[cluster]/topic-marks",
  });
}
