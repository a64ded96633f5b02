import { answer } from "@/app/border/answer";
import { jobPath } from "@/app/border/path-contracts";
import { readSearch } from "@/server/console/read-search";

export async function GET(
  _: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/searches/[job]">,
): Promise<Response> {
  return answer({ contract: jobPath, input: await params, run: readSearch, door: "GET searches/[job]" });
}
