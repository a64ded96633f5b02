import { callUseCase, resultResponse } from "@/app/border/answer";
import { exportContract } from "@/app/border/path-contracts";
import { exportMessages, type MessageFile } from "@/server/console/export-messages";

export async function GET(
  request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topics/[topic]/export">,
): Promise<Response> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const input = { ...(await params), query };
  const file = await callUseCase({ contract: exportContract, input, run: exportMessages, door: "GET export" });
  if (!file.ok) return resultResponse(file);
  const { name, contentType } = file.value;
  return new Response(streamOf(file.value), {
    headers: {
      "content-type": contentType,
      "content-disposition": `attachment; filename="${name.replaceAll(/[^\w.-]/g, "_")}"`,
      "cache-control": "no-store, no-transform",
    },
  });
}

/** Reads on only as fast as the file is taken, and stops when nobody takes it any more. */
function streamOf({ chunks }: MessageFile): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const parts: string[] = [];
      for (let length = 0; length < 65_536;) {
        const next = await chunks.next();
        if (next.done) {
          if (parts.length > 0) controller.enqueue(encoder.encode(parts.join("")));
          controller.close();
          return;
        }
        parts.push(next.value);
        length += next.value.length;
      }
      controller.enqueue(encoder.encode(parts.join("")));
    },
    async cancel() {
      await chunks.return();
    },
  });
}
