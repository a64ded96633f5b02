import { answer } from "@/app/border/answer";
import { reassignmentQuery } from "@/lib/contracts/reassignment";
import { planReassignment } from "@/server/console/plan-reassignment";

/** Plans moves for the goal in the body; changes nothing. */
export async function POST(
  request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/reassignment">,
): Promise<Response> {
  const body: unknown = await request.json().catch(() => undefined);
  return answer({
    contract: reassignmentQuery,
    input: typeof body === "object" && body !== null ? { ...body, ...(await params) } : body,
    run: planReassignment,
    door: "POST /api/clusters/[cluster]/reassignment",
  });
}
