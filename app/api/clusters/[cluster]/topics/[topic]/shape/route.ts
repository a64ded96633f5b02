import { answer } from "@/app/border/answer";
import { topicPath } from "@/app/border/path-contracts";
import { messageQuery } from "@/lib/contracts/messages";
import { readShape } from "@/server/console/read-shape";

const contract = topicPath.extend({ query: messageQuery });

export async function GET(
  request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topics/[topic]/shape">,
): Promise<Response> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  return answer({ contract, input: { ...(await params), query }, run: readShape, door: "GET shape" });
}
