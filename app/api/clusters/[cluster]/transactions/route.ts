import * as z from "zod";
import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { listTransactions } from "@/server/console/list-transactions";

const contract = clusterPath.extend({ topic: z.string().nullable() });

/** All transactions; with `?topic=` the producers of this topic only. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/transactions">,
): Promise<Response> {
  const topic = new URL(request.url).searchParams.get("topic");
  return answer({
    contract,
    input: { ...(await params), topic },
    run: listTransactions,
    door: "GET /api/clusters/[cluster]/transactions",
  });
}
