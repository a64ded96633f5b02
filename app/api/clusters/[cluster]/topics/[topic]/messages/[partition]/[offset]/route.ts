import { answer } from "@/app/border/answer";
import { recordContract } from "@/app/border/path-contracts";
import { readRecord } from "@/server/console/read-record";

export async function GET(
  request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topics/[topic]/messages/[partition]/[offset]">,
): Promise<Response> {
  return answer({
    contract: recordContract,
    input: { ...(await params), query: Object.fromEntries(new URL(request.url).searchParams) },
    run: readRecord,
    door: "GET /api/clusters/[cluster]/topics/[topic]/messages/[partition]/[offset]",
  });
}
