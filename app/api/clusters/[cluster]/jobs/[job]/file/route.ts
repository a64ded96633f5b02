import { open } from "node:fs/promises";
import { callUseCase, resultResponse } from "@/app/border/answer";
import { jobPath } from "@/app/border/path-contracts";
import { findSavedTopic } from "@/server/console/find-saved-topic";

const portionBytes = 256 * 1024;

/** The file that a job has saved a topic in. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/jobs/[job]/file">,
): Promise<Response> {
  const result = await callUseCase({
    contract: jobPath,
    input: await params,
    run: findSavedTopic,
    door: "GET /api/clusters/[cluster]/jobs/[job]/file",
  });
  if (!result.ok) return resultResponse(result);
  const { path, name, sizeBytes } = result.value;
  const file = await open(path);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { bytesRead, buffer } = await file.read(new Uint8Array(portionBytes), 0, portionBytes);
      if (bytesRead > 0) {
        controller.enqueue(buffer.subarray(0, bytesRead));
        return;
      }
      await file.close();
      controller.close();
    },
    cancel: () => file.close(),
  });
  return new Response(body, {
    headers: {
      "content-type": "application/gzip",
      "content-length": String(sizeBytes),
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
}
