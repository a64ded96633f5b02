import { answer } from "@/app/border/answer";
import { jobPath } from "@/app/border/path-contracts";
import { readJob } from "@/server/console/read-job";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/jobs/[job]">,
): Promise<Response> {
  return answer({
    contract: jobPath,
    input: await params,
    run: readJob,
    door: "GET /api/clusters/[cluster]/jobs/[job]",
  });
}
