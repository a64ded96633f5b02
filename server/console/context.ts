import { join } from "node:path";
import { createLog } from "../environment/real/log.ts";
import { brokerKinds } from "./broker-job.ts";
import { Cluster } from "./cluster.ts";
import { type ConsoleOptions, consoleOptions } from "./console-options.ts";
import { copyRecordsKind } from "./copy-records-job.ts";
import { DecodingThread } from "./decoding/decoding-thread.ts";
import { openDecodingThread } from "./decoding/open-decoding-thread.ts";
import { Engine } from "./engine/engine.ts";
import { owedThrottleKind } from "./reassign/owed-throttle-job.ts";
import { OwedThrottles } from "./reassign/owed-throttles.ts";
import { reassignKind } from "./reassign/reassign-job.ts";
import { restoreRecordsKind } from "./restore-records-job.ts";
import { recreateTopicKind } from "./recreate-topic-job.ts";
import { openThread } from "./search/open-thread.ts";
import { searchKind } from "./search/search-job.ts";
import { Searches } from "./search/searches.ts";
import { SearchThreads } from "./search/search-threads.ts";
import { saveTopicKind } from "./save-topic-job.ts";
import { sampleDataKind } from "./sample-data/sample-job.ts";
import { statisticsKind } from "./statistics/statistics-job.ts";
import { StreamHub } from "./stream/stream-hub.ts";
import { TopicNotesStore } from "./topic-notes/topic-notes-store.ts";

/** Everything that lives as long as the console: connections to the clusters, background work and the tabs' streams. */
export type ConsoleContext = {
  readonly options: ConsoleOptions;
  /** By the cluster's name in addresses, in the order of the options. */
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly engine: Engine;
  readonly owedThrottles: OwedThrottles;
  readonly searches: Searches;
  /** Decodes records for pages, by the operator's own decoders too. */
  readonly decoding: DecodingThread;
  /** The same, for what takes seconds: pages do not wait behind it. */
  readonly learning: DecodingThread;
  readonly topicNotes: TopicNotesStore;
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

/** A context of its own, for tests and for commands. Its engine does nothing by itself until it is started. */
export function createContext(options: ConsoleOptions): ConsoleContext {
  const log = createLog({ format: "text", level: "info" });
  const clusters = new Map(options.clusters.map((own) => [own.id, new Cluster(own, log)]));
  const { dataDirectory } = options;
  const lookAgain = (cluster: string) => {
    clusters.get(cluster)?.forgetTopics();
    engine.samplers.get(cluster)?.sweepNow();
  };
  const owedThrottles = new OwedThrottles(() => engine.jobs);
  const jobKinds = [
    sampleDataKind(clusters),
    ...brokerKinds(dataDirectory, lookAgain),
    reassignKind(clusters, owedThrottles, lookAgain),
    owedThrottleKind(clusters, () => engine.jobs),
    recreateTopicKind(clusters),
    copyRecordsKind(clusters),
    saveTopicKind(clusters, dataDirectory),
    restoreRecordsKind(clusters, dataDirectory),
    searchKind(clusters, () => searches),
    statisticsKind(clusters),
  ];
  const engine: Engine = new Engine({ dataDirectory, clusters, log, jobKinds, journalTopic: options.journalTopic });
  const ways = Object.fromEntries(
    options.clusters.map(({ id, bootstrap, clientProperties }) => [id, { bootstrap, clientProperties }]),
  );
  const decodersDirectory = decodersDirectoryOf(options);
  const decoding = new DecodingThread(decodersDirectory, openDecodingThread);
  const learning = new DecodingThread(decodersDirectory, openDecodingThread, true);
  const searches = new Searches(engine.store, new SearchThreads(ways, openThread, () => decoding.goodFiles()));
  const topicNotes = new TopicNotesStore(engine.store);
  return {
    options,
    clusters,
    engine,
    owedThrottles,
    searches,
    decoding,
    learning,
    topicNotes,
    streams: new StreamHub(),
    log,
  };
}

function decodersDirectoryOf({ decodersDirectory, dataDirectory }: ConsoleOptions): string {
  if (decodersDirectory !== undefined) return decodersDirectory;
  return dataDirectory === "" ? "" : join(dataDirectory, "decoders");
}

/** Ends the streams at once, so that the server can close, then background work and the connections. */
export async function closeContext({
  streams,
  engine,
  searches,
  decoding,
  learning,
  clusters,
}: ConsoleContext): Promise<void> {
  streams.close();
  searches.threads.close();
  decoding.close();
  learning.close();
  // A sweep may wait for a cluster that does not answer: closing the connections ends the wait.
  await Promise.all([engine.stop(), ...[...clusters.values()].map((cluster) => cluster.close())]);
}

/** `next start` and `next dev` end by a signal to the process; open streams would hold them up. */
function signalOfProcess(): AbortSignal {
  const ending = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => ending.abort());
  return ending.signal;
}
