import { answer } from "@/app/border/answer";
import { brokerPath } from "@/app/border/path-contracts";
import { brokerCommand } from "@/lib/contracts/brokers";
import { planBrokerControl } from "@/server/console/control-broker";

const contract = brokerPath.extend({ command: brokerCommand });

/** The plan of `?command=stop` or `?command=start`. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/brokers/[broker]/control">,
): Promise<Response> {
  const command = new URL(request.url).searchParams.get("command");
  return answer({
    contract,
    input: { ...(await params), command },
    run: planBrokerControl,
    door: "GET /api/clusters/[cluster]/brokers/[broker]/control",
  });
}
