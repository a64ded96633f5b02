import { answer } from "@/app/border/answer";
import { recordPath } from "@/app/border/path-contracts";
import { readRecord } from "@/server/console/read-record";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topics/[topic]/messages/[partition]/[offset]">,
): Promise<Response> {
  return answer({
    contract: recordPath,
    input: await params,
    run: readRecord,
    door: "GET /api/clusters/[cluster]/topics/[topic]/messages/[partition]/[offset]",
  });
}
