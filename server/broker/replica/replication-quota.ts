import type { Clock } from "../../environment/environment.ts";
import type { TopicPartition } from "../topic-partition.ts";

/** What a quota goes by, asked each time because all of it is dynamic. */
export type ReplicationQuotaParts = {
  readonly nodeId: number;
  /** leader.replication.throttled.rate or follower.replication.throttled.rate, in bytes a second. */
  readonly bytesPerSecond: () => number;
  /** leader.replication.throttled.replicas or follower.replication.throttled.replicas of a topic: "*", or partition:broker pairs by commas. */
  readonly throttledReplicas: (topic: string) => string;
  /** replication.quota.window.size.seconds: what was not used for so long is lost. */
  readonly burstSeconds: () => number;
};

type Throttled = "all" | ReadonlySet<number>;

const ALL = "*";
const NONE: Throttled = new Set();
/** From here on a rate is none: what Kafka's default, the largest long, stands for. */
const UNLIMITED = Number.MAX_SAFE_INTEGER;
const SECOND_MS = 1000;
/** Less than what the rate gives in so many seconds is not worth a request: a batch at a time would be thousands of them. */
const PORTION_SECONDS = 0.1;

/**
 * The bytes that one side of replication may move a second for throttled replicas (Kafka's ReplicationQuotaManager, KIP-73). What goes beyond, because a batch
 * is never cut, is paid back before more goes; so every span longer than the burst keeps to the rate, where Kafka's averages over eleven windows start with
 * all of them at once.
 */
export class ReplicationQuota {
  /** What may go now; negative while there is something to pay back. */
  #allowance = 0;
  #countedMs: number | undefined;
  /** What each topic's list means here; read again when its text is another. */
  readonly #lists = new Map<string, { readonly text: string; readonly throttled: Throttled }>();

  constructor(
    private readonly clock: Clock,
    private readonly parts: ReplicationQuotaParts,
  ) {}

  /** Whether a replica is to be slowed down here: it is listed, and there is a rate. */
  isThrottled({ topic, partition }: TopicPartition): boolean {
    if (this.parts.bytesPerSecond() >= UNLIMITED) return false;
    const throttled = this.#throttledOf(topic);
    return throttled === "all" || throttled.has(partition);
  }

  /** Bytes that may go now; 0 while the quota is used up, but for a rest that is not worth a request. */
  availableBytes(): number {
    this.#count();
    return this.#allowance < this.#portion ? 0 : Math.ceil(this.#allowance);
  }

  /** Notes bytes that went. */
  record(bytes: number): void {
    this.#count();
    this.#allowance -= bytes;
  }

  /** How long until more may go; 0 when it may now. */
  waitMs(): number {
    this.#count();
    const missing = this.#portion - this.#allowance;
    const rate = this.parts.bytesPerSecond();
    return rate === 0 ? Infinity : Math.max(0, Math.ceil((missing / rate) * SECOND_MS));
  }

  get #portion(): number {
    return Math.max(1, this.parts.bytesPerSecond() * PORTION_SECONDS);
  }

  #count(): void {
    const nowMs = this.clock.monotonicMs();
    const rate = this.parts.bytesPerSecond();
    const earned = rate * ((nowMs - (this.#countedMs ?? nowMs)) / SECOND_MS);
    this.#countedMs = nowMs;
    this.#allowance = Math.min(rate * this.parts.burstSeconds(), this.#allowance + earned);
  }

  #throttledOf(topic: string): Throttled {
    const text = this.parts.throttledReplicas(topic);
    if (text === "") {
      this.#lists.delete(topic);
      return NONE;
    }
    const known = this.#lists.get(topic);
    if (known?.text === text) return known.throttled;
    const throttled = text.trim() === ALL ? "all" : new Set(this.#ownPartitions(text));
    this.#lists.set(topic, { text, throttled });
    return throttled;
  }

  #ownPartitions(text: string): number[] {
    return text.split(",").flatMap((pair) => {
      const [partition, broker] = pair.split(":").map(Number);
      return partition !== undefined && broker === this.parts.nodeId ? [partition] : [];
    });
  }
}
