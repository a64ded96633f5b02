import type { ClusterClient } from "../../../client/cluster-client.ts";
import { createLog } from "../../../environment/real/log.ts";
import { clientOf } from "../../cluster-connection.ts";
import type { OwnFile } from "../../decoding/own/own-files.ts";
import { toProblem } from "../../to-problem.ts";
import { ReadTurns } from "../read-turns.ts";
import { Scan, type ScanTask } from "../scan.ts";
import { type ThreadCommand, type ThreadData, type ThreadMessage, WATCH } from "./thread-messages.ts";

/** Between two messages of a scan that has found something already. */
const NEWS_PAUSE_MS = 100;

/** Runs scans for whoever holds the other end; each with the others of its thread. Returns what takes commands. */
export function startSearchThread(
  { clusters, watch }: ThreadData,
  tell: (message: ThreadMessage) => void,
  loadDecoders?: LoadDecoders,
): (command: ThreadCommand) => void {
  const log = createLog({ format: "text", level: "info" });
  const clients = new Map<string, Reach>();
  const running = new Map<number, AbortController>();
  const place = new Float64Array(watch);
  const clientFor = (name: string) => {
    const known = clients.get(name);
    if (known) return known;
    const settings = clusters[name];
    if (settings === undefined) throw new Error(`there is no cluster ${name}`);
    const reach = { client: clientOf(settings, log), turns: new ReadTurns() };
    clients.set(name, reach);
    return reach;
  };
  let loaded = { files: "[]", done: Promise.resolve() };
  const load = (files: readonly OwnFile[]) => {
    const wanted = JSON.stringify(files);
    if (loadDecoders && wanted !== loaded.files)
      loaded = { files: wanted, done: loaded.done.then(() => loadDecoders(files)) };
    return loaded.done;
  };
  return (command) => {
    if (command.type === "stop") {
      running.get(command.scan)?.abort();
      return;
    }
    const stopping = new AbortController();
    running.set(command.scan, stopping);
    const work = { ...command, signal: stopping.signal, tell, place, load };
    void perform(() => clientFor(command.cluster), work).finally(() => running.delete(command.scan));
  };
}

/** Makes the operator's own decoders known to this thread. */
type LoadDecoders = (files: readonly OwnFile[]) => Promise<void>;

/** How a thread reaches a cluster. A cluster that does not answer holds up only the searches in it. */
type Reach = { readonly client: ClusterClient; readonly turns: ReadTurns };

type Work = {
  readonly scan: number;
  readonly task: ScanTask;
  readonly decoders: readonly OwnFile[];
  readonly load: LoadDecoders;
  readonly signal: AbortSignal;
  readonly tell: (message: ThreadMessage) => void;
  readonly place: Float64Array;
};

/** Never rejects. */
async function perform(reach: () => Reach, { scan, task, decoders, load, signal, tell, place }: Work): Promise<void> {
  try {
    let toldAtMs = Number.NEGATIVE_INFINITY;
    let matchesTold = task.matches;
    const { client, turns } = reach();
    await load(decoders);
    const own = new Scan(client, task, {
      signal,
      turns,
      onNews: () => {
        const nowMs = performance.now();
        const isFirst = matchesTold === task.matches && own.matchCount > matchesTold;
        if (!isFirst && nowMs - toldAtMs < NEWS_PAUSE_MS) return;
        toldAtMs = nowMs;
        matchesTold = own.matchCount;
        tell({ type: "news", scan, news: own.news() });
      },
      onPlace: (at) => {
        place[WATCH.partition] = at?.partition ?? -1;
        place[WATCH.offset] = at?.offset ?? -1;
        place[WATCH.sinceSeconds] = performance.timeOrigin / 1_000 + performance.now() / 1_000;
        place[WATCH.scan] = at === null ? 0 : scan;
      },
    });
    const end = await own.run();
    const news = own.news();
    tell(end === "stopped" ? { type: "stopped", scan, news } : { type: "ended", scan, news, end });
  } catch (error) {
    const title = "The search could not go on";
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    tell({ type: "failed", scan, problem: toProblem(error, { title, identity: task.identity }) ?? null, detail });
  }
}
