import type { Problem } from "../../../lib/problem.ts";
import type { ThreadCluster } from "../search/thread/thread-messages.ts";
import type { CountProgress, CountTask } from "./count-topic.ts";

/** What a counting thread is started with. */
export type CountData = { readonly way: ThreadCluster; readonly task: CountTask };

/** What it tells; `ended` and `failed` are its last. `problem` is null for a bug, and `detail` then its stack. */
export type CountMessage =
  | { readonly type: "news"; readonly progress: CountProgress }
  | { readonly type: "ended"; readonly progress: CountProgress }
  | { readonly type: "failed"; readonly problem: Problem | null; readonly detail: string };
