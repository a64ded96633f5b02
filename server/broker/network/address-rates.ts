import type { ClientQuotaImage } from "../controller/image.ts";
import { addressBytes, addressText } from "../metadata/ip-address.ts";
import type { QuotaParts } from "./client-quotas.ts";
import { RateTable } from "./rate-table.ts";

const QUOTA = "connection_creation_rate";

/** Counts the connections that come from each address, on all listeners of a node, against its quota `connection_creation_rate` (Kafka's ConnectionQuotas, KIP-612). */
export class AddressRates {
  readonly #rates: RateTable;

  constructor(private readonly parts: QuotaParts) {
    this.#rates = new RateTable(parts.windows);
  }

  /**
   * Notes a connection; answers 0 when it is taken. Else it is not counted, and shall be closed after so many milliseconds, at most a window: its client then
   * tries again later than if it were closed at once.
   */
  refusedForMs(address: string): number {
    const quotas = this.parts.quotas();
    const bound = quotas.size === 0 ? undefined : boundOf(quotas, address);
    if (bound === undefined) return 0;
    const nowMs = this.parts.clock.monotonicMs();
    const rate = this.#rates.rateOf(address, nowMs);
    rate.record(1, nowMs);
    const excessMs = rate.excessMs(bound, nowMs);
    if (excessMs > 0) rate.record(-1, nowMs);
    return Math.min(excessMs, this.parts.windows.windowMs);
  }
}

/** The address's own, or that of every address without one. */
function boundOf(quotas: ReadonlyMap<string, ClientQuotaImage>, address: string): number | undefined {
  let ofAll: number | undefined;
  for (const { entity, limits } of quotas.values()) {
    const [part] = entity;
    const bound = limits.get(QUOTA);
    if (part?.type !== "ip" || bound === undefined) continue;
    if (part.name === null) ofAll = bound;
    else if (oneText(part.name) === oneText(address)) return bound;
  }
  return ofAll;
}

/** Addresses of IPv6 can be written in several ways. */
function oneText(address: string): string {
  const bytes = addressBytes(address);
  return bytes === undefined ? address : addressText(bytes);
}
