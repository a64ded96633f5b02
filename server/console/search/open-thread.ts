import type { Worker, WorkerOptions } from "node:worker_threads";
import type { OpenThread } from "./search-threads.ts";
import { startSearchThread } from "./thread/search-thread.ts";
import type { ThreadMessage } from "./thread/thread-messages.ts";

/** JavaScript memory of a search thread; the bytes that it reads are not in it. */
const HEAP_MEGABYTES_MAX = 256;
/**
 * Where the process that starts Next leaves a function that starts dist/<name>.js as a thread. It is made outside of Next, whose bundler takes
 * every path given to a Worker for a module of its own.
 */
const START = Symbol.for("odradek.console.thread");

type StartThread = (name: string, options: WorkerOptions) => Worker;

/** Starts dist/search.js; where nothing was built (tests, `next dev`) the search runs in this thread. */
export const openThread: OpenThread = (data, events) => {
  const shared: Record<symbol, unknown> = globalThis;
  // Whoever starts the console in this process puts a function of this type there, or nothing.
  const start = shared[START] as StartThread | undefined;
  if (start === undefined) return inThisThread(data, events);
  const worker = start("search", {
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
