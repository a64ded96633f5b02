import { ProblemError } from "../../../lib/problem.ts";
import type { Cluster } from "../cluster.ts";
import { startThread } from "../start-thread.ts";
import type { CountMessage } from "./count-messages.ts";
import { type CountProgress, countTopic, type CountTask } from "./count-topic.ts";

/** JavaScript memory of a counting thread; the bytes that it reads are not in it. */
const HEAP_MEGABYTES_MAX = 256;

type Options = { readonly signal: AbortSignal; readonly onNews: (progress: CountProgress) => void };

/**
 * Counts a topic in a thread of its own, dist/statistics.js, so that the console serves pages meanwhile. Settles when it is counted, or with null
 * as soon as the signal is aborted. Rejects with ProblemError.
 */
export function countInThread(cluster: Cluster, task: CountTask, options: Options): Promise<CountProgress | null> {
  const { bootstrap, clientProperties } = cluster.options;
  const worker = startThread("statistics", {
    workerData: { way: { bootstrap, clientProperties }, task },
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES_MAX },
  });
  if (worker === undefined) return inThisThread(cluster, task, options);
  return new Promise<CountProgress | null>((resolve, reject) => {
    const stop = () => resolve(null);
    if (options.signal.aborted) stop();
    options.signal.addEventListener("abort", stop, { once: true });
    worker.on("message", (message: CountMessage) => {
      if (message.type === "failed")
        reject(message.problem ? new ProblemError(message.problem) : new Error(message.detail));
      else if (message.type === "ended") resolve(message.progress);
      else options.onNews(message.progress);
    });
    worker.on("error", reject);
    worker.on("exit", () => reject(new Error("the thread that counts has ended")));
  }).finally(() => void worker.terminate());
}

async function inThisThread(cluster: Cluster, task: CountTask, options: Options): Promise<CountProgress | null> {
  const progress = await countTopic(cluster.client, task, options);
  return options.signal.aborted ? null : progress;
}
