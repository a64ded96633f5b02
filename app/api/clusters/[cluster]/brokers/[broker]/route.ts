import { answer } from "@/app/border/answer";
import { brokerPath } from "@/app/border/path-contracts";
import { describeBroker } from "@/server/console/describe-broker";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/brokers/[broker]">,
): Promise<Response> {
  return answer({
    contract: brokerPath,
    input: await params,
    run: describeBroker,
    door: "GET /api/clusters/[cluster]/brokers/[broker]",
  });
}
