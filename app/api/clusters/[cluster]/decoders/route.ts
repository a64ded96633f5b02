import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { listDecoders } from "@/server/console/list-decoders";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/decoders">,
): Promise<Response> {
  return answer({
    contract: clusterPath,
    input: await params,
    run: listDecoders,
    door: "GET /api/clusters/[cluster]/decoders",
  });
}
