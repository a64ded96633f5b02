import type { Clock } from "../../environment/environment.ts";
import { THROTTLING_QUOTA_EXCEEDED } from "../../wire/errors.ts";
import { quotaLimit, type QuotaClient } from "../network/quota-limits.ts";
import type { RateWindows } from "../network/sampled-rate.ts";
import type { Refusal } from "../refusal.ts";
import type { ClientQuotaImage } from "./image.ts";

/** What the quotas go by. */
export type MutationQuotaParts = {
  readonly clock: Clock;
  readonly quotas: () => ReadonlyMap<string, ClientQuotaImage>;
  /** controller.quota.window.num and controller.quota.window.size.seconds: so much of the rate may be used at once. */
  readonly windows: RateWindows;
};

/** One request's share: asked before each topic that it changes. */
export type MutationQuota = {
  /** Takes so many partitions from what the client may change; THROTTLING_QUOTA_EXCEEDED where nothing is left and the client knows the code. */
  take(partitions: number): Refusal | undefined;
  /** For how long the client shall be silent. */
  readonly throttleTimeMs: number;
};

type Bucket = { tokens: number; countedMs: number };

const BUCKETS_MAX = 10_000;
const SECOND_MS = 1000;
const exceeded: Refusal = {
  errorCode: THROTTLING_QUOTA_EXCEEDED,
  message: "The throttling quota has been exceeded.",
};

/** Partitions that clients may create and delete a second (`controller_mutation_rate`, KIP-599): a bucket that fills at the rate and may be overdrawn once. */
export class MutationQuotas {
  readonly #buckets = new Map<string, Bucket>();

  constructor(private readonly parts: MutationQuotaParts) {}

  /** The share of a request. `isStrict`: its version knows THROTTLING_QUOTA_EXCEEDED; others are never refused, only slowed down. */
  of(client: QuotaClient, isStrict: boolean): MutationQuota {
    const limit = quotaLimit(this.parts.quotas(), "controller_mutation_rate", client);
    if (limit === undefined) return { take: () => undefined, throttleTimeMs: 0 };
    const { bound, group } = limit;
    const quota = {
      throttleTimeMs: 0,
      take: (partitions: number): Refusal | undefined => {
        const bucket = this.#filled(group, bound);
        const isRefused = isStrict && bucket.tokens < 0;
        if (!isRefused) bucket.tokens -= partitions;
        // As in Kafka, who would be refused is told only then.
        const isTold = isRefused || !isStrict;
        if (isTold && bucket.tokens < 0) quota.throttleTimeMs = Math.round((-bucket.tokens / bound) * SECOND_MS);
        return isRefused ? exceeded : undefined;
      },
    };
    return quota;
  }

  #filled(group: string, bound: number): Bucket {
    const { clock, windows } = this.parts;
    const nowMs = clock.monotonicMs();
    const fullTokens = (bound * windows.count * windows.windowMs) / SECOND_MS;
    const known = this.#buckets.get(group);
    if (known === undefined) {
      const bucket = { tokens: fullTokens, countedMs: nowMs };
      this.#makeRoom();
      this.#buckets.set(group, bucket);
      return bucket;
    }
    known.tokens = Math.min(fullTokens, known.tokens + ((nowMs - known.countedMs) / SECOND_MS) * bound);
    known.countedMs = nowMs;
    return known;
  }

  /** Who was silent longest has the fullest bucket. */
  #makeRoom(): void {
    if (this.#buckets.size < BUCKETS_MAX) return;
    const [oldest] = [...this.#buckets].sort(([, one], [, other]) => one.countedMs - other.countedMs);
    if (oldest !== undefined) this.#buckets.delete(oldest[0]);
  }
}
