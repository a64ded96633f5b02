import { setImmediate as nextTurn } from "node:timers/promises";
import type { GroupFinding } from "../../../../lib/contracts/groups.ts";
import type { SeriesKind } from "../../../../lib/contracts/history.ts";
import type { Trend } from "../../../../lib/contracts/trends.ts";
import type { Attention } from "../../../../lib/contracts/overview.ts";
import { type Problem, problem, problemOf, ProblemError } from "../../../../lib/problem.ts";
import type { SeenGroup } from "../../../client/group-log.ts";
import type { Cluster } from "../../cluster.ts";
import { Listeners } from "../../stream/listeners.ts";
import { Repeating } from "../../stream/repeating.ts";
import { toProblem } from "../../to-problem.ts";
import type { Rebalances } from "../rebalances/rebalances.ts";
import { type History, type Sample, SAMPLE_STEP } from "../history/history.ts";
import { AttentionList } from "./attention.ts";
import { Cadences } from "./cadences.ts";
import { CommitTail } from "./commit-tail.ts";
import { Counters } from "./counters.ts";
import { EndRates } from "./end-rates.ts";
import { type FindingsByGroup, findingsByGroup } from "./findings.ts";
import { GroupWatch } from "./group-watch.ts";
import { LagTimes } from "./lag-times.ts";
import { PartitionWatch } from "./partition-watch.ts";
import { Recent } from "./recent.ts";
import { lagByTopic, samplesOf } from "./samples-of.ts";
import { type ClusterSnapshot, partitionKey } from "./snapshot.ts";
import { sweep } from "./sweep.ts";
import { type TrendKind, Trends } from "./trends.ts";

const SWEEP_PAUSE_MS = SAMPLE_STEP * 1_000;
/** For so long all share the topics that a sweep read: on a cluster that is slow to answer the next one may be late. */
const TOPICS_KEPT_MS = 3 * SWEEP_PAUSE_MS;
/** Over how many seconds rates of "now" are told. */
const RATE_OVER = 60;
/** Lines read from the history in one turn of the event loop: a few milliseconds. */
const SEEDED_AT_ONCE = 50;
/** The series that rows show as a line. */
const trendKinds: readonly TrendKind[] = [
  { kind: "topic-end", as: "rate" },
  { kind: "topic-lag", as: "value" },
  { kind: "group-lag", as: "value" },
  { kind: "broker-size", as: "value" },
];

/** States in which members have what they are assigned. */
const AT_REST = new Set(["Stable", "Empty"]);

/** What a sweep found, and why the one after it failed, if it did. */
export type Sampled = { readonly snapshot: ClusterSnapshot; readonly problems: readonly Problem[] };

/** Sweeps one cluster every ten seconds, keeps the newest snapshot, and writes the history. Pages read it, so that tabs cost the cluster nothing. */
export class Sampler {
  readonly groups = new GroupWatch();
  readonly partitions = new PartitionWatch();
  readonly lagTimes = new LagTimes();
  readonly endRates = new EndRates();
  readonly cadences = new Cadences();
  readonly tail: CommitTail;
  private findings: FindingsByGroup = new Map();
  private readonly generations = new Map<string, number>();
  private readonly counters = new Counters();
  private readonly trends = new Trends();
  private readonly ends = new Recent();
  private readonly attentionList = new AttentionList();
  private readonly listeners = new Listeners<void>(() => undefined);
  private readonly sweeps = new Repeating(() => this.sweepAndWait());
  private isRunning = false;
  private latest: ClusterSnapshot | undefined;
  /** What all get who ask before the next sweep. */
  private told: Sampled | undefined;
  private failure: Problem | undefined;
  private unwritten: Problem | undefined;
  private current: Promise<void> | undefined;

  constructor(
    private readonly cluster: Cluster,
    private readonly history: History,
    readonly rebalances: Rebalances,
    private readonly onBug: (error: unknown) => void,
  ) {
    this.tail = new CommitTail(cluster, {
      onCommit: (commit) => this.cadences.take(commit),
      onGroup: (group) => this.observe(group),
      onBug,
    });
  }

  start(): void {
    this.isRunning = true;
    this.sweeps.start();
    this.tail.start();
  }

  /** Settles when a sweep that is under way has ended. */
  async stop(): Promise<void> {
    this.isRunning = false;
    this.sweeps.stop();
    await Promise.all([this.current, this.tail.stop()]);
  }

  /** Calls back after each sweep, whether it went well or not. */
  listen(listener: () => void): () => void {
    return this.listeners.add(listener);
  }

  /** Sweeps at once: something was changed through the console. */
  sweepNow(): void {
    this.sweeps.now();
  }

  /**
   * The newest snapshot; waits for the first one. When the cluster does not answer, the old one stands, and the problem is beside it.
   * Throws ProblemError when there never was one. The same object until the next sweep; without a running engine (commands, tests) each call sweeps.
   */
  async sampled(): Promise<Sampled> {
    if (this.told === undefined || !this.isRunning) await this.sweepOnce();
    if (this.told === undefined) throw new ProblemError(this.failure ?? problemOf(new Error("the sweep gave nothing")));
    return this.told;
  }

  /** What the last sweep that went well found; undefined before the first. */
  get newest(): ClusterSnapshot | undefined {
    return this.latest;
  }

  /** The last sweep went well. */
  get isWell(): boolean {
    return this.latest !== undefined && this.failure === undefined;
  }

  /** What is wrong or odd with a group, as the last sweep found it; worst first. */
  findingsOf(groupId: string): readonly GroupFinding[] {
    return this.findings.get(groupId) ?? [];
  }

  /** Generation of a classic group, as its coordinator last wrote it down; null when that was not seen. */
  generationOf(groupId: string): number | null {
    return this.generations.get(groupId) ?? null;
  }

  get attention(): readonly Attention[] {
    return this.attentionList.current;
  }

  /** The last hour of a series of the kinds that rows show. */
  trend(kind: SeriesKind, name: string): Trend {
    return this.trends.read(kind, name, Date.now() / 1_000);
  }

  /** Messages a second now: of a topic by "topic-end", of the whole cluster by "cluster-produced" and "cluster-consumed". Null before two sweeps. */
  ratePerSecond(kind: "topic-end" | "cluster-produced" | "cluster-consumed", name = ""): number | null {
    const now = (this.latest?.readAtMs ?? 0) / 1_000;
    return this.ends.rate(`${kind}/${name}`, RATE_OVER, now);
  }

  private async sweepAndWait(): Promise<number> {
    const startedMs = performance.now();
    const isFirst = this.latest === undefined;
    await this.sweepOnce();
    return isFirst && this.latest !== undefined ? 0 : Math.max(0, SWEEP_PAUSE_MS - (performance.now() - startedMs));
  }

  /** All who ask while a sweep is under way get that one. */
  private sweepOnce(): Promise<void> {
    this.current ??= this.perform().finally(() => (this.current = undefined));
    return this.current;
  }

  private async perform(): Promise<void> {
    try {
      const listing = await this.cluster.topics.renew(this.isRunning ? TOPICS_KEPT_MS : 0);
      const snapshot = await sweep(this.cluster, listing, this.latest);
      // Whoever opens the first page after a start does not wait for a thousand records: their ages come with the next sweep, at once.
      if (this.latest !== undefined || !this.isRunning) await this.lagTimes.tell(this.cluster, snapshot);
      const samples = this.judge(snapshot);
      await this.seedTrends(samples);
      this.keep(snapshot, samples);
      this.failure = undefined;
      this.latest = snapshot;
    } catch (error) {
      const title = "The cluster could not be read";
      const expected = toProblem(error, { title, identity: this.cluster.identity });
      if (expected === undefined) this.onBug(error);
      this.failure = expected ?? { ...problemOf(error), title };
    }
    this.told = this.latest && { snapshot: this.latest, problems: this.problemsOf(this.latest) };
    this.listeners.tell();
  }

  private problemsOf({ problems }: ClusterSnapshot): readonly Problem[] {
    return [this.failure, this.unwritten, ...problems].filter((found) => found !== undefined);
  }

  private judge(snapshot: ClusterSnapshot): Sample[] {
    this.counters.tell(snapshot);
    this.partitions.tell(snapshot);
    this.groups.tell(snapshot, this.counters);
    this.endRates.tell(snapshot);
    this.watchMembers(snapshot);
    this.findings = findingsByGroup({
      snapshot,
      watch: this.groups,
      partitions: this.partitions,
      rates: this.endRates,
      lagTimes: this.lagTimes,
      topics: new Map(snapshot.topics.map((topic) => [topic.name ?? "", topic])),
      recentRebalances: (groupId) => this.rebalances.recent(groupId, snapshot.readAtMs),
      commits: ({ groupId, lagOf }) => this.cadences.totals(groupId, lagOf.keys()),
    });
    this.attentionList.tell(snapshot, this.findings);
    return samplesOf(snapshot, this.counters, this.lagTimes);
  }

  /** A classic group that its coordinator wrote down: exact, with its generation. */
  private observe(group: SeenGroup): void {
    this.generations.set(group.groupId, group.generation);
    this.rebalances.tell({ ...group, source: "log" }, (member) => {
      const commits = (member.assignment ?? []).flatMap(({ topic, partitions }) =>
        partitions.map((partition) => this.cadences.of(group.groupId, partitionKey(topic, partition))?.lastAtMs ?? 0),
      );
      const last = Math.max(0, ...commits);
      return last === 0 ? undefined : last;
    });
  }

  /** Members as they are when a group is at rest. Where the log is followed it tells of classic groups itself, once they are known. */
  private watchMembers({ groups, readAtMs }: ClusterSnapshot): void {
    for (const { groupId, type, state, members, epoch, readAtMs: atMs } of groups?.value.values() ?? []) {
      if (members === null || atMs < readAtMs || !AT_REST.has(state)) continue;
      if (type === "classic" && this.tail.isLive && this.rebalances.knows(groupId)) continue;
      const generation = type === "classic" ? this.generationOf(groupId) : epoch;
      this.rebalances.tell({ groupId, atMs, generation, members, source: "sweep" });
    }
    this.rebalances.tidy(new Set(groups?.value.keys()), readAtMs);
  }

  /** Rows show an hour from the start on: what the history knows of it is read once, in slices. */
  private async seedTrends(samples: readonly Sample[]): Promise<void> {
    const now = Date.now() / 1_000;
    let seeded = 0;
    for (const { kind, name } of samples) {
      const own = trendKinds.find((candidate) => candidate.kind === kind);
      if (own === undefined || this.trends.has(kind, name)) continue;
      this.trends.seed(this.history, this.cluster.options.id, name, own, now);
      seeded += 1;
      if (seeded % SEEDED_AT_ONCE === 0) await nextTurn();
    }
  }

  private keep(snapshot: ClusterSnapshot, samples: readonly Sample[]): void {
    const at = Math.floor(snapshot.readAtMs / 1_000);
    this.write(at, samples);
    for (const { kind, name, value } of samples) {
      if (kind === "topic-end" || kind === "cluster-produced" || kind === "cluster-consumed")
        this.ends.add(`${kind}/${name}`, at, value);
      const drawn = kind === "topic-end" ? this.ratePerSecond(kind, name) : value;
      if (drawn !== null && trendKinds.some((own) => own.kind === kind)) this.trends.add(kind, name, at, drawn);
    }
    this.forgetGone(snapshot);
  }

  /** What was swept is shown even when it cannot be kept: a full disk stops the history, not the pages. */
  private write(at: number, samples: readonly Sample[]): void {
    try {
      this.history.write(this.cluster.options.id, at, samples);
      this.unwritten = undefined;
    } catch (error) {
      this.unwritten = problem({
        code: "store-unusable",
        title: "The history could not be written",
        detail: error instanceof Error ? error.message : String(error),
        suggestion:
          "Check that the disk of the data directory is not full. Charts have a gap until it can be written again.",
      });
    }
  }

  private forgetGone(snapshot: ClusterSnapshot): void {
    const topics = new Set(snapshot.topics.map(({ name }) => name ?? ""));
    this.trends.keepOnly("topic-end", topics);
    this.trends.keepOnly("topic-lag", new Set(lagByTopic(snapshot).keys()));
    this.trends.keepOnly("group-lag", new Set(snapshot.groups?.value.keys()));
    const counted = [...topics].map((name) => `topic-end/${name}`);
    this.ends.keepOnly(new Set([...counted, "cluster-produced/", "cluster-consumed/"]));
  }
}
