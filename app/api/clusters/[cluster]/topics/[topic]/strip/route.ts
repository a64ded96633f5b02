import { answer } from "@/app/border/answer";
import { topicPath } from "@/app/border/path-contracts";
import { stripQuery } from "@/lib/contracts/search";
import { readTimeStrip } from "@/server/console/read-time-strip";

const contract = topicPath.extend({ query: stripQuery });

export async function GET(
  request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topics/[topic]/strip">,
): Promise<Response> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  return answer({ contract, input: { ...(await params), query }, run: readTimeStrip, door: "GET strip" });
}
