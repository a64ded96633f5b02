import type { TopicPartition } from "../topic-partition.ts";
import { partitionKey } from "../topic-partition.ts";
import type { LogDirectory } from "./log-directory.ts";
import type { PartitionLog } from "./partition-log.ts";

/** A partition known to be here; opened on first use, so that 10,000 of them start quickly. */
export type KnownLog = {
  readonly topicPartition: TopicPartition;
  readonly directory: LogDirectory;
  log: PartitionLog | undefined;
  /** Whether its topic's settings were asked for: recovery opens logs before they are known. */
  isConfigured: boolean;
};

/** The logs of a broker by partition, topic and directory. */
export class KnownLogs {
  readonly #logs = new Map<string, KnownLog>();
  readonly #ofTopic = new Map<string, Set<KnownLog>>();
  readonly #counts = new Map<LogDirectory, number>();

  get size(): number {
    return this.#logs.size;
  }

  /** By `partitionKey`. */
  get(key: string): KnownLog | undefined {
    return this.#logs.get(key);
  }

  values(): IterableIterator<KnownLog> {
    return this.#logs.values();
  }

  ofTopic(topic: string): Iterable<KnownLog> {
    return this.#ofTopic.get(topic) ?? [];
  }

  *inDirectory(directory: LogDirectory): Generator<readonly [key: string, log: PartitionLog | undefined]> {
    for (const [key, known] of this.#logs) if (known.directory === directory) yield [key, known.log];
  }

  /** How many are in a directory. */
  countIn(directory: LogDirectory): number {
    return this.#counts.get(directory) ?? 0;
  }

  /** Takes the place of one of the same partition. */
  add(known: KnownLog): void {
    const { topic } = known.topicPartition;
    const key = partitionKey(known.topicPartition);
    this.remove(key);
    this.#logs.set(key, known);
    this.#counts.set(known.directory, this.countIn(known.directory) + 1);
    const ofTopic = this.#ofTopic.get(topic);
    if (ofTopic === undefined) this.#ofTopic.set(topic, new Set([known]));
    else ofTopic.add(known);
  }

  /** Answers what was there. */
  remove(key: string): KnownLog | undefined {
    const known = this.#logs.get(key);
    if (known === undefined) return undefined;
    this.#logs.delete(key);
    this.#counts.set(known.directory, this.countIn(known.directory) - 1);
    const { topic } = known.topicPartition;
    const ofTopic = this.#ofTopic.get(topic);
    ofTopic?.delete(known);
    if (ofTopic?.size === 0) this.#ofTopic.delete(topic);
    return known;
  }
}
