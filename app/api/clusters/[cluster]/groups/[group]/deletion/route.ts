import { answer } from "@/app/border/answer";
import { groupPath } from "@/app/border/path-contracts";
import { planGroupDeletion } from "@/server/console/delete-group";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/groups/[group]/deletion">,
): Promise<Response> {
  return answer({
    contract: groupPath,
    input: await params,
    run: planGroupDeletion,
    door: "GET /api/clusters/[cluster]/groups/[group]/deletion",
  });
}
