import { answer } from "@/app/border/answer";
import { anyChange } from "@/lib/contracts/changes";
import { planChange } from "@/server/console/make-change";

/** A read with a body: what a change would do. */
export async function POST(
  request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/plans/[kind]">,
): Promise<Response> {
  const input: unknown = await request.json().catch(() => undefined);
  return answer({
    contract: anyChange,
    input: { ...(await params), input },
    run: planChange,
    door: "POST /api/clusters/[cluster]/plans/[kind]",
  });
}
