import { startThread } from "../start-thread.ts";
import type { OpenDecodingThread } from "./decoding-thread.ts";
import type { DecodingMessage } from "./thread/decoding-messages.ts";

/** JavaScript memory of the thread: own code that takes more is ended with it. */
const HEAP_MEGABYTES_MAX = 256;

/** Starts dist/decoding.js; undefined where nothing was built. */
export const openDecodingThread: OpenDecodingThread = (data, { onMessage, onGone }) => {
  const resourceLimits = { maxOldGenerationSizeMb: HEAP_MEGABYTES_MAX };
  const worker = startThread("decoding", { workerData: data, resourceLimits });
  if (worker === undefined) return undefined;
  worker.on("message", (message: DecodingMessage) => onMessage(message));
  worker.on("error", (error) => onGone(error.message));
  worker.on("exit", () => onGone("its thread ended"));
  return { post: (command) => worker.postMessage(command), close: () => void worker.terminate() };
};
