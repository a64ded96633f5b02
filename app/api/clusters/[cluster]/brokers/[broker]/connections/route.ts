import { answer } from "@/app/border/answer";
import { brokerPath } from "@/app/border/path-contracts";
import { listConnections } from "@/server/console/list-connections";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/brokers/[broker]/connections">,
): Promise<Response> {
  return answer({
    contract: brokerPath,
    input: await params,
    run: listConnections,
    door: "GET /api/clusters/[cluster]/brokers/[broker]/connections",
  });
}
