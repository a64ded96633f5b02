import type { Instrumentation } from "next";

/** Runs once when the server starts. The form of the condition keeps Node's modules out of other runtimes. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { bootConsole } = await import("./server/console/boot");
    await bootConsole();
  }
}

export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { logRequestBug } = await import("./server/console/boot");
    logRequestBug(error, { path: request.path, route: context.routePath });
  }
};
