import * as z from "zod";
import { answer } from "@/app/border/answer";
import { bodyOf } from "@/app/border/body-of";
import { subscriptionSet } from "@/lib/contracts/stream";
import { subscribeStream } from "@/server/console/stream/open-stream";

const contract = z.object({ ...subscriptionSet.shape, streamId: z.string() });

export async function POST(request: Request, { params }: RouteContext<"/api/stream/[streamId]">): Promise<Response> {
  const { streamId } = await params;
  const input = { ...(await bodyOf(request)), streamId };
  return answer({ contract, input, run: subscribeStream, door: "POST /api/stream/[streamId]" });
}
