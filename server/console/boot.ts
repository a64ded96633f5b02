import { prepareReading } from "../client/read-records.ts";
import { consoleContext } from "./context.ts";

/** Makes the console ready when the server starts, so that the first page does not wait for it, and begins the background work. */
export async function bootConsole(): Promise<void> {
  // A build loads this too, and has nothing to sample.
  if (process.env.NEXT_PHASE !== "phase-production-build") consoleContext().engine.start();
  await prepareReading();
}

/** Logs a bug that ended a request. The page shows the digest; the message stays here. */
export function logRequestBug(
  error: unknown,
  { path, route }: { readonly path: string; readonly route: string },
): void {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  consoleContext().log.error({ path, route, digest, error: detail }, "a request failed");
}
