import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { listMoves } from "@/server/console/read-reassignment";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/moves">,
): Promise<Response> {
  return answer({
    contract: clusterPath,
    input: await params,
    run: listMoves,
    door: "GET /api/clusters/[cluster]/moves",
  });
}
