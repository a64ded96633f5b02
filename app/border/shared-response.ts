import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";

/** A result as it goes over the line. */
type Sent = { readonly json: Uint8Array<ArrayBuffer>; gzipped?: Promise<Uint8Array<ArrayBuffer>> };

const compress = promisify(gzip);
const sent = new WeakMap<object, Sent>();

/** The answer that many tabs get: as long as a read gives the same object, it is turned into bytes, and those compressed, once for all of them. */
export async function sharedResponse(result: object, request: Request, init: ResponseInit): Promise<Response> {
  const { json, gzipped } = await bytesOf(result, /\bgzip\b/.test(request.headers.get("accept-encoding") ?? ""));
  const headers = new Headers(init.headers);
  headers.set("content-type", "application/json");
  headers.set("vary", "Accept-Encoding");
  if (gzipped) headers.set("content-encoding", "gzip");
  return new Response(gzipped ?? json, { ...init, headers });
}

async function bytesOf(result: object, isGzipped: boolean) {
  const own: Sent = sent.get(result) ?? { json: Buffer.from(JSON.stringify(result)) };
  sent.set(result, own);
  if (!isGzipped) return { json: own.json };
  own.gzipped ??= compress(own.json, { level: constants.Z_BEST_SPEED });
  return { json: own.json, gzipped: await own.gzipped };
}
