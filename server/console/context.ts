import { createLog } from "../environment/real/log.ts";
import { Cluster } from "./cluster.ts";
import { type ConsoleOptions, consoleOptions } from "./console-options.ts";
import { StreamHub } from "./stream/stream-hub.ts";

/** Everything that lives as long as the console: connections to the clusters and the tabs' streams. */
export type ConsoleContext = {
  readonly options: ConsoleOptions;
  /** By the cluster's name in addresses, in the order of the options. */
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly streams: StreamHub;
  readonly log: ReturnType<typeof createLog>;
};

/** Where the one context is: Next loads modules several times, globalThis exists once. */
const CONTEXT = Symbol.for("odradek.console.context");
/** The AbortController of whoever started Next in this process; aborted when it should end. */
const SHUTDOWN = Symbol.for("odradek.console.shutdown");

/** The console's context, made at first use. */
export function consoleContext(): ConsoleContext {
  const shared: Record<symbol, unknown> = globalThis;
  // Only this function writes the one, and only the console's process the other.
  const existing = shared[CONTEXT] as ConsoleContext | undefined;
  const ending = shared[SHUTDOWN] as AbortController | undefined;
  if (existing) return existing;
  const context = createContext(consoleOptions());
  shared[CONTEXT] = context;
  const shutdown = ending?.signal ?? signalOfProcess();
  shutdown.addEventListener("abort", () => void closeContext(context), { once: true });
  return context;
}

/** A context of its own, for tests and for commands. */
export function createContext(options: ConsoleOptions): ConsoleContext {
  const log = createLog({ format: "text", level: "info" });
  const clusters = new Map(options.clusters.map((own) => [own.id, new Cluster(own, log)]));
  return { options, clusters, streams: new StreamHub(), log };
}

/** Ends the streams at once, so that the server can close, then the connections. */
export async function closeContext(context: ConsoleContext): Promise<void> {
  context.streams.close();
  await Promise.all([...context.clusters.values()].map((cluster) => cluster.close()));
}

/** `next start` and `next dev` end by a signal to the process; open streams would hold them up. */
function signalOfProcess(): AbortSignal {
  const ending = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => ending.abort());
  return ending.signal;
}
