import { answer } from "@/app/border/answer";
import { entryPath } from "@/app/border/path-contracts";
import { planRevert } from "@/server/console/revert-change";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/journal/[entry]/revert">,
): Promise<Response> {
  return answer({
    contract: entryPath,
    input: await params,
    run: planRevert,
    door: "GET /api/clusters/[cluster]/journal/[entry]/revert",
  });
}
