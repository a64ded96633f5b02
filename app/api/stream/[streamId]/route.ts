import * as z from "zod";
import { answer } from "@/app/border/answer";
import { subscriptionSet } from "@/lib/contracts/stream";
import { subscribeStream } from "@/server/console/stream/open-stream";

const contract = z.object({ ...subscriptionSet.shape, streamId: z.string() });

export async function POST(request: Request, { params }: RouteContext<"/api/stream/[streamId]">): Promise<Response> {
  const { streamId } = await params;
  const input = { ...(await bodyOf(request)), streamId };
  return answer({ contract, input, run: subscribeStream, door: "POST /api/stream/[streamId]" });
}

/** A body that is no JSON object has no fields: the contract says what is missing. */
async function bodyOf(request: Request): Promise<object> {
  const body: unknown = await request.json().catch(() => undefined);
  return typeof body === "object" && body !== null ? body : {};
}
