import { answer } from "@/app/border/answer";
import { topicPath } from "@/app/border/path-contracts";
import { listSavedSearches } from "@/server/console/list-saved-searches";

export async function GET(
  _: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topics/[topic]/saved-searches">,
): Promise<Response> {
  return answer({ contract: topicPath, input: await params, run: listSavedSearches, door: "GET saved-searches" });
}
