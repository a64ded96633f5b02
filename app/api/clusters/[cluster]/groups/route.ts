import { sharedAnswer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { listGroups } from "@/server/console/list-groups";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/groups">,
): Promise<Response> {
  return sharedAnswer({
    contract: clusterPath,
    input: await params,
    run: listGroups,
    door: "GET /api/clusters/[cluster]/groups",
  });
}
