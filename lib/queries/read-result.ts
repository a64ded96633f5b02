import type * as z from "zod/mini";
import { problem, ProblemError } from "@/lib/problem";
import { failureSchema, resultSchema } from "@/lib/result";

/**
 * Fetches a route handler's `Result` and unwraps it.
 * Throws `ProblemError`: the handler's own problem, or `console-unreachable` when there is no answer from the console.
 */
export async function readResult<Value>(
  url: string,
  value: z.core.$ZodType<Value>,
  init: RequestInit = {},
): Promise<Value> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(url, { cache: "no-store", headers: { accept: "application/json" }, ...init });
    body = await response.json();
  } catch (error) {
    throw unreachable(error, url, init);
  }
  const parsed = resultSchema(value).safeParse(body);
  if (!parsed.success) {
    throw new ProblemError(
      problem({
        code: "internal",
        title: "The console answered in a form this page does not know",
        detail: parsed.error.issues[0]?.message ?? "no issue named",
        suggestion: "The console was probably updated. Reload the page.",
        facts: [
          ["request", `${init.method ?? "GET"} ${url}`],
          ["status", String(response.status)],
          ["where", parsed.error.issues[0]?.path.join(".") ?? ""],
        ],
      }),
    );
  }
  if (!parsed.data.ok) throw new ProblemError(parsed.data.problem);
  return parsed.data.value;
}

/** Fetches bytes from a route handler that answers with a `Result` only when it fails. Throws `ProblemError` as `readResult` does. */
export async function readBytes(url: string, init: RequestInit = {}): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url, { cache: "no-store", ...init });
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw unreachable(error, url, init);
  }
  const failed = failureSchema.safeParse(await response.json().catch(() => undefined));
  if (failed.success) throw new ProblemError(failed.data.problem);
  throw unreachable(new Error(`status ${response.status}`), url, init);
}

/** What `fetch` threw, as a problem; an abort stays what it is. */
function unreachable(error: unknown, url: string, init: RequestInit): unknown {
  if (init.signal?.aborted) return error;
  return new ProblemError(
    problem({
      code: "console-unreachable",
      title: "The console does not answer",
      detail: error instanceof Error ? error.message : String(error),
      suggestion: "It may be restarting. This page tries again by itself.",
      facts: [["request", `${init.method ?? "GET"} ${url}`]],
    }),
  );
}

/** The same by POST, for reads that need a body. */
export function postResult<Value>(
  url: string,
  body: object,
  value: z.core.$ZodType<Value>,
  init: RequestInit = {},
): Promise<Value> {
  const headers = { accept: "application/json", "content-type": "application/json" };
  return readResult(url, value, { ...init, method: "POST", headers, body: JSON.stringify(body) });
}

/** The address of a cluster's reads. */
export function clusterApi(cluster: string, ...path: readonly string[]): string {
  return ["/api/clusters", cluster, ...path].map((part, i) => (i === 0 ? part : encodeURIComponent(part))).join("/");
}
