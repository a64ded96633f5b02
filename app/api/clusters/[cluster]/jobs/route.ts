import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { listJobs } from "@/server/console/list-jobs";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/jobs">,
): Promise<Response> {
  return answer({
    contract: clusterPath,
    input: await params,
    run: listJobs,
    door: "GET /api/clusters/[cluster]/jobs",
  });
}
