import type { Failure } from "../broker/role-messages.ts";

/** Whatever was thrown or rejected, as a failure for people. */
export function asFailure(error: unknown): Failure {
  if (isFailure(error)) return error;
  return {
    title: "The platform did not start",
    detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
    suggestion: "Report this with the lines above.",
  };
}

function isFailure(value: unknown): value is Failure {
  return typeof value === "object" && value !== null && "title" in value && "detail" in value && "suggestion" in value;
}
