import { currentActor } from "@/app/border/current-actor";
import { refusalOf } from "@/server/console/actor";
import { consoleContext } from "@/server/console/context";
import { readMetrics } from "@/server/console/read-metrics";

/** Prometheus's scrape: what the last sweep found, under the names of kafka_exporter and kminion. */
export async function GET(): Promise<Response> {
  const refusal = refusalOf(await currentActor(), "read", "Metrics could not be read");
  if (refusal) return new Response(`${refusal.detail}\n`, { status: 403 });
  const chunks = readMetrics(consoleContext(), Date.now());
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    // One chunk each time the reader wants one, so that a slow scrape holds nothing in memory and the console goes on between.
    pull(controller) {
      const { value, done } = chunks.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
  const headers = { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" };
  return new Response(body, { headers });
}
