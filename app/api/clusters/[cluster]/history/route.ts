import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { historyQuery } from "@/lib/contracts/history";
import { readHistory } from "@/server/console/read-history";

const contract = clusterPath.extend({ query: historyQuery });

/** A read with a body: which series, which range. */
export async function POST(
  request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/history">,
): Promise<Response> {
  const query: unknown = await request.json().catch(() => undefined);
  return answer({
    contract,
    input: { ...(await params), query },
    run: readHistory,
    door: "POST /api/clusters/[cluster]/history",
  });
}
