import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { listBrokers } from "@/server/console/list-brokers";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/brokers">,
): Promise<Response> {
  return answer({
    contract: clusterPath,
    input: await params,
    run: listBrokers,
    door: "GET /api/clusters/[cluster]/brokers",
  });
}
