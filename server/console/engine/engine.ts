import type { Problem } from "../../../lib/problem.ts";
import type { createLog } from "../../environment/real/log.ts";
import type { Cluster } from "../cluster.ts";
import { Repeating } from "../stream/repeating.ts";
import { toProblem } from "../to-problem.ts";
import { Alerts } from "./alerts/alerts.ts";
import { Channels } from "./channels.ts";
import { History } from "./history/history.ts";
import type { AnyJobKind } from "./jobs/job-kind.ts";
import { JobRunner } from "./jobs/job-runner.ts";
import { Journal } from "./journal/journal.ts";
import { JournalPublisher } from "./journal/journal-publisher.ts";
import { PlannedStates } from "./journal/planned-states.ts";
import { Rebalances } from "./rebalances/rebalances.ts";
import { Sampler } from "./sampler/sampler.ts";
import type { ClusterSnapshot } from "./sampler/snapshot.ts";
import { openStore, type Store } from "./store/store.ts";

/** How often the history is packed, and what is too old goes. */
const TIDY_PAUSE_MS = 300_000;

/** What the engine works with. */
export type EngineOptions = {
  /** "" keeps everything in memory: for tests and commands. */
  readonly dataDirectory: string;
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly jobKinds: readonly AnyJobKind[];
  /** Each cluster's journal is written to its topic of this name too. */
  readonly journalTopic?: string | undefined;
  readonly log: ReturnType<typeof createLog>;
};

/** The console's background work: it runs once, however many tabs are open, and survives a restart because its state is in the store. */
export class Engine {
  readonly history: History;
  readonly jobs: JobRunner;
  readonly journal: Journal;
  readonly plannedStates = new PlannedStates();
  readonly channels = new Channels();
  readonly alerts: Alerts;
  /** By the cluster's name in addresses. */
  readonly samplers: ReadonlyMap<string, Sampler>;
  /** Why the store is not the one that was meant; null when it is. */
  readonly storeProblem: Problem | null;
  readonly store: Store;
  private readonly publishers: ReadonlyMap<string, JournalPublisher>;
  private readonly stopping = new AbortController();
  private readonly tidying = new Repeating(() => this.tidy());
  private tidied: Promise<void> = Promise.resolve();
  private readonly judged = new Map<string, ClusterSnapshot>();

  constructor(private readonly options: EngineOptions) {
    const { clusters, dataDirectory, jobKinds, log, journalTopic } = options;
    const { store, problem } = openStore(dataDirectory, Date.now());
    this.store = store;
    this.storeProblem = problem;
    if (problem) log.error({ detail: problem.detail }, problem.title);
    this.history = new History(store);
    this.journal = new Journal(store, (cluster) => {
      this.channels.tell("journal", cluster);
      this.publishers.get(cluster)?.sendNow();
    });
    this.publishers = new Map(
      journalTopic === undefined
        ? []
        : [...clusters].map(([id, cluster]) => {
            const onTrouble = (detail: string) =>
              log.error({ cluster: id, topic: journalTopic, detail }, "the journal could not be written to its topic");
            return [
              id,
              new JournalPublisher({ store, journal: this.journal, cluster, topic: journalTopic, onTrouble }),
            ];
          }),
    );
    this.jobs = new JobRunner(store, {
      kinds: jobKinds,
      onChange: (cluster) => this.channels.tell("jobs", cluster),
      onBug: (error, job) => log.error({ job, error: textOf(error) }, "a job failed by a bug"),
      toProblem: (error, title) => toProblem(error, { title }),
    });
    this.alerts = new Alerts(store, {
      produce: (cluster) => (topic, key, value) => produce(clusters.get(cluster), { topic, key, value }),
      onChange: (cluster) => this.channels.tell("alerts", cluster),
      onBug: (error) => log.error({ error: textOf(error) }, "alerts could not be judged or sent"),
    });
    const bug = (error: unknown) => log.error({ error: textOf(error) }, "a sweep failed by a bug");
    this.samplers = new Map(
      [...clusters].map(([id, cluster]) => [id, new Sampler(cluster, this.history, new Rebalances(store, id), bug)]),
    );
    for (const [id, sampler] of this.samplers) {
      sampler.listen(() => this.channels.tell("sampled", id));
      sampler.listen(() => this.judge(id, sampler));
    }
  }

  /** Begins to sample, and takes up the jobs that were under way. */
  start(): void {
    for (const sampler of this.samplers.values()) sampler.start();
    this.jobs.start();
    this.alerts.start();
    for (const publisher of this.publishers.values()) publisher.start();
    this.tidying.start();
  }

  /** Lets go of everything, and closes the store when nobody writes to it any more. Close the clusters meanwhile: a sweep may wait for them. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.tidying.stop();
    const publishing = [...this.publishers.values()].map((publisher) => publisher.stop());
    this.channels.close();
    const sampling = [...this.samplers.values()].map((sampler) => sampler.stop());
    await Promise.all([...sampling, ...publishing, this.jobs.stop(), this.alerts.stop(), this.tidied]);
    this.store.close();
  }

  /** A sweep that failed found nothing: what fires goes on firing. */
  private judge(cluster: string, sampler: Sampler): void {
    const snapshot = sampler.newest;
    if (snapshot === undefined || snapshot === this.judged.get(cluster)) return;
    this.judged.set(cluster, snapshot);
    this.alerts.tell(cluster, { snapshot, sampler });
  }

  private async tidy(): Promise<number> {
    this.tidied = this.history.tidy(Math.floor(Date.now() / 1_000), this.stopping.signal).catch((error: unknown) => {
      this.options.log.error({ error: textOf(error) }, "the history could not be tidied");
    });
    await this.tidied;
    return TIDY_PAUSE_MS;
  }
}

async function produce(
  cluster: Cluster | undefined,
  { topic, key, value }: { readonly topic: string; readonly key: string; readonly value: string },
): Promise<void> {
  await cluster?.producer.send({ topic, messages: [{ key, value }] });
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
