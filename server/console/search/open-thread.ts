import { existsSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { OpenThread } from "./search-threads.ts";
import { startSearchThread } from "./thread/search-thread.ts";
import type { ThreadMessage } from "./thread/thread-messages.ts";

/** JavaScript memory of a search thread; the bytes that it reads are not in it. */
const HEAP_MEGABYTES_MAX = 256;
/** Where the process that starts Next leaves the directory of the built threads. */
const BUILT = Symbol.for("odradek.console.dist");

/** Starts dist/search.js; where nothing was built (tests, `next dev`) the search runs in this thread. */
export const openThread: OpenThread = (data, events) => {
  const shared: Record<symbol, unknown> = globalThis;
  const directory = shared[BUILT];
  if (typeof directory !== "string") return inThisThread(data, events);
  const entry = join(directory, "search.js");
  if (!existsSync(entry)) return inThisThread(data, events);
  // Through a variable: a bundler would follow the path, and put the thread into the page's server.
  const Thread = Worker;
  const worker = new Thread(entry, {
    workerData: data,
    name: "search",
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES_MAX },
  });
  worker.unref();
  let isClosed = false;
  worker.on("message", (message: ThreadMessage) => events.onMessage(message));
  worker.on("error", (error) => {
    if (!isClosed) events.onGone(error.message);
    isClosed = true;
  });
  worker.on("exit", () => {
    if (!isClosed) events.onGone("the thread ended");
    isClosed = true;
  });
  return {
    post: (command) => worker.postMessage(command),
    close: () => {
      isClosed = true;
      void worker.terminate();
    },
  };
};

const inThisThread: OpenThread = (data, { onMessage }) => {
  let isClosed = false;
  const take = startSearchThread(data, (message) => {
    if (!isClosed) onMessage(message);
  });
  return {
    post: take,
    close: () => {
      isClosed = true;
    },
  };
};
