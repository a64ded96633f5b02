import { resultResponse } from "@/app/border/answer";
import { currentActor } from "@/app/border/current-actor";
import { consoleContext } from "@/server/console/context";
import { openStream } from "@/server/console/stream/open-stream";

/** The tab's one stream of events. Opening it asks no cluster. */
export async function GET(request: Request): Promise<Response> {
  const opened = openStream(consoleContext(), await currentActor(), request.signal);
  if (!opened.ok) return resultResponse(opened);
  return new Response(opened.value, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // no-transform keeps compression from holding events back; the last is the same for nginx.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
