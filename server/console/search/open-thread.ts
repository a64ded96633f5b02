import { startThread } from "../start-thread.ts";
import type { OpenThread } from "./search-threads.ts";
import { startSearchThread } from "./thread/search-thread.ts";
import type { ThreadMessage } from "./thread/thread-messages.ts";

/** JavaScript memory of a search thread; the bytes that it reads are not in it. */
const HEAP_MEGABYTES_MAX = 256;

/** Starts dist/search.js; where nothing was built (tests, `next dev`) the search runs in this thread. */
export const openThread: OpenThread = (data, events) => {
  const resourceLimits = { maxOldGenerationSizeMb: HEAP_MEGABYTES_MAX };
  const worker = startThread("search", { workerData: data, resourceLimits });
  if (worker === undefined) return inThisThread(data, events);
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
