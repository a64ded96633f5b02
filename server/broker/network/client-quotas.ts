import type { Clock } from "../../environment/environment.ts";
import type { ClientQuotaImage } from "../controller/image.ts";
import { quotaLimit, type QuotaClient } from "./quota-limits.ts";
import { RateTable } from "./rate-table.ts";
import type { RateWindows } from "./sampled-rate.ts";

/** Quotas that a broker enforces: bytes a second, and percent of a thread's time. */
export type QuotaName = "producer_byte_rate" | "consumer_byte_rate" | "request_percentage";

/** What the quotas of a broker go by. */
export type QuotaParts = {
  readonly clock: Clock;
  /** As the metadata say now. */
  readonly quotas: () => ReadonlyMap<string, ClientQuotaImage>;
  readonly windows: RateWindows;
};

const SECOND_MS = 1000;
const PERCENT = 100;

/** Counts what clients use and says how long they must be silent for it (Kafka's ClientQuotaManager, KIP-13, KIP-124). */
export class ClientQuotas {
  readonly #rates: RateTable;

  constructor(private readonly parts: QuotaParts) {
    this.#rates = new RateTable(parts.windows);
  }

  /** Whether anybody is limited in anything. */
  get isActive(): boolean {
    return this.parts.quotas().size > 0;
  }

  /** Notes an amount; answers for how many milliseconds the client shall be silent, 0 when it is within its quota or has none. */
  use(name: QuotaName, client: QuotaClient, amount: number): number {
    const limit = quotaLimit(this.parts.quotas(), name, client);
    if (limit === undefined) return 0;
    const nowMs = this.parts.clock.monotonicMs();
    const rate = this.#rates.rateOf(`${name} ${limit.group}`, nowMs);
    rate.record(amount, nowMs);
    return rate.excessMs(limit.bound, nowMs);
  }

  /** Takes an amount back that was noted and then not sent. */
  giveBack(name: QuotaName, client: QuotaClient, amount: number): void {
    this.use(name, client, -amount);
  }

  /** Notes the time that a request took of the broker's thread. The silence for it is never longer than a window. */
  useTime(client: QuotaClient, tookMs: number): number {
    return Math.min(
      this.use("request_percentage", client, (tookMs / SECOND_MS) * PERCENT),
      this.parts.windows.windowMs,
    );
  }

  /** The most that a client may get at once: what its quota allows in all windows but one. */
  mostAtOnce(name: QuotaName, client: QuotaClient): number {
    const limit = quotaLimit(this.parts.quotas(), name, client);
    const { count, windowMs } = this.parts.windows;
    return limit === undefined ? Infinity : (limit.bound * (count - 1) * windowMs) / SECOND_MS;
  }
}
