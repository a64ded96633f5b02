import { answer } from "@/app/border/answer";
import { jobPath } from "@/app/border/path-contracts";
import { readReassignment } from "@/server/console/read-reassignment";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/jobs/[job]/reassignment">,
): Promise<Response> {
  return answer({
    contract: jobPath,
    input: await params,
    run: readReassignment,
    door: "GET /api/clusters/[cluster]/jobs/[job]/reassignment",
  });
}
