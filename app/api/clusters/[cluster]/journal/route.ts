import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { journalQuery } from "@/lib/contracts/journal";
import { listJournal } from "@/server/console/list-journal";

const contract = clusterPath.extend({ query: journalQuery });

export async function GET(
  request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/journal">,
): Promise<Response> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  return answer({
    contract,
    input: { ...(await params), query },
    run: listJournal,
    door: "GET /api/clusters/[cluster]/journal",
  });
}
