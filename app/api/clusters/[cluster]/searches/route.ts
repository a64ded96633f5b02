import { answer } from "@/app/border/answer";
import { bodyOf } from "@/app/border/body-of";
import { startSearchInput } from "@/lib/contracts/search";
import { startSearch } from "@/server/console/start-search";

export async function POST(
  request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/searches">,
): Promise<Response> {
  const input = { ...(await bodyOf(request)), ...(await params) };
  return answer({ contract: startSearchInput, input, run: startSearch, door: "POST searches" });
}
