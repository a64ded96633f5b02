import type { SearchEnd } from "../../../../lib/contracts/search.ts";
import type { Problem } from "../../../../lib/problem.ts";
import type { OwnFile } from "../../decoding/own/own-files.ts";
import type { ScanNews, ScanTask } from "../scan.ts";

/** How the thread reaches a cluster: as the console does. */
export type ThreadCluster = {
  readonly bootstrap: readonly string[];
  readonly clientProperties: Readonly<Record<string, string>>;
};

/** What the console tells a search thread. */
export type ThreadCommand =
  | {
      readonly type: "start";
      readonly scan: number;
      readonly cluster: string;
      readonly task: ScanTask;
      /** Of the operator's own, that work. */
      readonly decoders: readonly OwnFile[];
    }
  | { readonly type: "stop"; readonly scan: number };

/** What the thread tells the console; `ended`, `stopped` and `failed` are a scan's last. */
export type ThreadMessage =
  | { readonly type: "news"; readonly scan: number; readonly news: ScanNews }
  | { readonly type: "ended"; readonly scan: number; readonly news: ScanNews; readonly end: SearchEnd }
  | { readonly type: "stopped"; readonly scan: number; readonly news: ScanNews }
  /** `problem` is null for a bug, and `detail` then its stack. */
  | { readonly type: "failed"; readonly scan: number; readonly problem: Problem | null; readonly detail: string };

/** What the thread is started with. */
export type ThreadData = {
  readonly clusters: Readonly<Record<string, ThreadCluster>>;
  /** Where it says what it is doing, as it cannot speak while it does it. */
  readonly watch: SharedArrayBuffer;
};

/** The fields of the shared memory: the scan whose records are judged (0: none), since when (seconds), and which partition and offset. */
export const WATCH = { scan: 0, sinceSeconds: 1, partition: 2, offset: 3, fields: 4 } as const;

/** The shared memory of a thread. */
export function watchMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(WATCH.fields * Float64Array.BYTES_PER_ELEMENT);
}
