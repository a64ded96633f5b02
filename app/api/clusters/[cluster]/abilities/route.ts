import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { readAbilities } from "@/server/console/read-abilities";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/abilities">,
): Promise<Response> {
  return answer({
    contract: clusterPath,
    input: await params,
    run: readAbilities,
    door: "GET /api/clusters/[cluster]/abilities",
  });
}
