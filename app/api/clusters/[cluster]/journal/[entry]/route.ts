import { answer } from "@/app/border/answer";
import { entryPath } from "@/app/border/path-contracts";
import { readJournalEntry } from "@/server/console/read-journal-entry";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/journal/[entry]">,
): Promise<Response> {
  return answer({
    contract: entryPath,
    input: await params,
    run: readJournalEntry,
    door: "GET /api/clusters/[cluster]/journal/[entry]",
  });
}
