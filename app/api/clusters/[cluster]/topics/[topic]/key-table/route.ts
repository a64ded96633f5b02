import { answer } from "@/app/border/answer";
import { keyTableContract } from "@/app/border/path-contracts";
import { readKeyTable } from "@/server/console/read-key-table";

export async function GET(
  request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topics/[topic]/key-table">,
): Promise<Response> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  return answer({
    contract: keyTableContract,
    input: { ...(await params), query },
    run: readKeyTable,
    door: "GET key-table",
  });
}
