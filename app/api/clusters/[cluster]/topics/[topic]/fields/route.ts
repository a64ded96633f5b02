import { answer } from "@/app/border/answer";
import { topicPath } from "@/app/border/path-contracts";
import { listFields } from "@/server/console/list-fields";

export async function GET(
  _: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topics/[topic]/fields">,
): Promise<Response> {
  return answer({ contract: topicPath, input: await params, run: listFields, door: "GET fields" });
}
