import { answer } from "@/app/border/answer";
import { brokerPath } from "@/app/border/path-contracts";
import { listBrokerReplicas } from "@/server/console/list-broker-replicas";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/brokers/[broker]/replicas">,
): Promise<Response> {
  return answer({
    contract: brokerPath,
    input: await params,
    run: listBrokerReplicas,
    door: "GET /api/clusters/[cluster]/brokers/[broker]/replicas",
  });
}
