import { answer } from "@/app/border/answer";
import { groupPath } from "@/app/border/path-contracts";
import { describeGroup } from "@/server/console/describe-group";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/groups/[group]">,
): Promise<Response> {
  return answer({
    contract: groupPath,
    input: await params,
    run: describeGroup,
    door: "GET /api/clusters/[cluster]/groups/[group]",
  });
}
