import { callUseCase, resultResponse } from "@/app/border/answer";
import { payloadPath } from "@/app/border/path-contracts";
import { readPayload } from "@/server/console/read-record";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/topics/[topic]/messages/[partition]/[offset]/[part]">,
): Promise<Response> {
  const read = await callUseCase({
    contract: payloadPath,
    input: await params,
    run: readPayload,
    door: "GET messages/[partition]/[offset]/[part]",
  });
  if (!read.ok) return resultResponse(read);
  const { bytes } = read.value;
  return new Response(bytes === null ? null : new Uint8Array(bytes), {
    headers: {
      "content-type": "application/octet-stream",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
