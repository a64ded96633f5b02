import { answer } from "@/app/border/answer";
import { bodyOf } from "@/app/border/body-of";
import { checkSearchInput } from "@/lib/contracts/search";
import { checkSearch } from "@/server/console/check-search";

export async function POST(
  request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/searches/check">,
): Promise<Response> {
  const input = { ...(await bodyOf(request)), ...(await params) };
  return answer({
    contract: checkSearchInput,
    input,
    run: (context, actor, checked) => checkSearch(context, actor, { ...checked, signal: request.signal }),
    door: "POST searches/check",
  });
}
