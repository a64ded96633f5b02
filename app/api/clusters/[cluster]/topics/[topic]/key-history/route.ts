import { answer } from "@/app/border/answer";
import { keyHistoryContract } from "@/app/border/path-contracts";
import { readKeyHistory } from "@/server/console/read-key-history";

export async function GET(
  request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topics/[topic]/key-history">,
): Promise<Response> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  return answer({
    contract: keyHistoryContract,
    input: { ...(await params), query },
    run: readKeyHistory,
    door: "GET key-history",
  });
}
