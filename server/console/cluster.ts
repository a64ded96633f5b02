import type { Kafka } from "kafkajs";
import type { Problem } from "../../lib/problem.ts";
import { ProblemError } from "../../lib/problem.ts";
import { describeAllTopics } from "../client/admin/topics.ts";
import type { ClusterClient } from "../client/cluster-client.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import type { createLog } from "../environment/real/log.ts";
import { connect, connectionOf } from "./cluster-connection.ts";
import type { ConnectionSettings } from "./connection/client-properties.ts";
import { kafkajsClient } from "./connection/kafkajs-client.ts";
import type { ClusterOptions } from "./console-options.ts";
import { LastRecords } from "./last-records.ts";
import { MessageProducer } from "./message-producer.ts";
import { KeptPlans } from "./reassign/kept-plans.ts";
import { type ActiveDirectoryMoves, DirectoryWatch } from "./reassign/directory-watch.ts";
import { type ActiveReassignments, MovesWatch } from "./reassign/moves-watch.ts";
import { type ClusterServices, servicesOf } from "./services/cluster-services.ts";
import { SharedRead } from "./shared-read.ts";
import { ClusterMonitor } from "./stream/cluster-monitor.ts";
import { TopicsWatch } from "./stream/topics-watch.ts";
import type { Identity } from "./to-problem.ts";
import type { ColumnSource } from "./topic-columns/column.ts";
import { type OffsetsColumn, readOffsetsColumn } from "./topic-columns/offsets-column.ts";
import { readSettingsColumn, type SettingsColumn } from "./topic-columns/settings-column.ts";
import { readSizesColumn, type SizesColumn } from "./topic-columns/sizes-column.ts";

/**
 * How old a shared answer may be: what moves fast is read again soon, what is costly and slow to change later.
 * Topics are that young after a change, and where nobody sweeps; else everybody has those of the last sweep.
 */
const TOPICS_AGE_MS = 1_000;
const OFFSETS_AGE_MS = 2_000;
const SIZES_AGE_MS = 10_000;
const SETTINGS_AGE_MS = 15_000;
const MOVES_AGE_MS = 1_000;

/** All topics as the cluster named them at a time. */
export type TopicListing = { readonly topics: readonly TopicMetadata[]; readonly readAtMs: number };

/** One cluster of the console: its client and producer, what all tabs share of its facts, and who watches it. */
export class Cluster {
  readonly identity: Identity;
  readonly monitor: ClusterMonitor;
  readonly topicsWatch: TopicsWatch;
  readonly lastRecords = new LastRecords(() => this.client);
  readonly topics: SharedRead<TopicListing>;
  readonly offsets: SharedRead<OffsetsColumn>;
  readonly sizes: SharedRead<SizesColumn>;
  readonly settings: SharedRead<SettingsColumn>;
  /** Partitions that are being moved between brokers. */
  readonly moves: SharedRead<ActiveReassignments>;
  /** Replicas that are being moved between log directories: who knows of some notes them in the watch. */
  readonly directoryWatch = new DirectoryWatch(() => this);
  readonly directoryMoves: SharedRead<ActiveDirectoryMoves>;
  /** Plans of moves that people look at. */
  readonly plans = new KeptPlans();
  private readonly connection: ConnectionSettings | Problem;
  private kept: ClusterServices | undefined;
  private readonly own: { readonly client: ClusterClient; readonly producer: MessageProducer } | undefined;

  constructor(
    readonly options: ClusterOptions,
    log: ReturnType<typeof createLog>,
  ) {
    const settings = connectionOf(options);
    this.connection = settings.ok ? settings.value : settings.problem;
    this.identity = { principal: principalOf(settings.ok ? settings.value : {}), bootstrap: options.bootstrap };
    this.own = settings.ok ? this.connect(settings.value, log) : undefined;
    this.topics = new SharedRead(
      async () => ({ topics: await describeAllTopics(this.client), readAtMs: Date.now() }),
      TOPICS_AGE_MS,
    );
    this.offsets = new SharedRead(() => this.column(readOffsetsColumn), OFFSETS_AGE_MS);
    this.sizes = new SharedRead(() => this.column(readSizesColumn), SIZES_AGE_MS);
    this.settings = new SharedRead(() => this.column(readSettingsColumn), SETTINGS_AGE_MS);
    const watch = new MovesWatch(() => this);
    this.moves = new SharedRead(() => watch.read(), MOVES_AGE_MS);
    this.directoryMoves = new SharedRead(() => this.directoryWatch.read(), MOVES_AGE_MS);
    this.monitor = new ClusterMonitor(
      () => this.client,
      () => this.lookAgain(),
    );
    this.topicsWatch = new TopicsWatch(this.topics);
  }

  /** Throws ProblemError when the cluster's client properties cannot be used. */
  get client(): ClusterClient {
    return this.parts().client;
  }

  /** Throws ProblemError when the cluster's client properties cannot be used. */
  get producer(): MessageProducer {
    return this.parts().producer;
  }

  /** Schema Registry and Connect beside it. Throws ProblemError when the cluster's client properties cannot be used. */
  get services(): ClusterServices {
    this.kept ??= servicesOf(this.options);
    return this.kept;
  }

  /** A kafkajs client under a name of its own, for what runs on its own: generators and their consumers. Throws ProblemError like `client`. */
  application(clientId: string): Kafka {
    if ("code" in this.connection) throw new ProblemError(this.connection);
    return kafkajsClient(this.options.bootstrap, this.connection, { clientId });
  }

  /** Topics were changed through this console: the next read is a new one, and watchers look at once. */
  forgetTopics(): void {
    for (const read of [this.topics, this.offsets, this.sizes, this.settings, this.moves, this.directoryMoves])
      read.forget();
    this.topicsWatch.lookNow();
  }

  /** Brokers came or went, and leaders with them: whoever reads topics next asks for them, and watchers look at once. */
  private lookAgain(): void {
    this.topics.expire();
    this.topicsWatch.lookNow();
  }

  /** Closes connections; settles when the producer has left. */
  async close(): Promise<void> {
    this.monitor.stop();
    this.topicsWatch.stop();
    this.own?.client.close();
    await this.own?.producer.close();
  }

  private connect(settings: ConnectionSettings, log: ReturnType<typeof createLog>) {
    const { bootstrap } = this.options;
    const client = connect(bootstrap, settings, log);
    return { client, producer: new MessageProducer(bootstrap, settings) };
  }

  private parts() {
    if (this.own) return this.own;
    if ("code" in this.connection) throw new ProblemError(this.connection);
    throw new Error("a cluster has a client unless its properties are unusable");
  }

  private async column<T>(read: (source: ColumnSource, topics: readonly TopicMetadata[]) => Promise<T>): Promise<T> {
    const { topics } = await this.topics.get();
    return read(this, topics);
  }
}

/** What the cluster calls us: the SASL user, the certificate's subject as far as we know it, or nobody. */
function principalOf({ sasl, tls }: ConnectionSettings): string {
  if (sasl) return `User:${sasl.username}`;
  return tls?.certificate === undefined ? "User:ANONYMOUS" : "User:the client certificate's subject";
}
