import type { ThrottleList } from "@/lib/contracts/operations";
import type { ActiveMove } from "@/lib/contracts/reassignment";

const megabyte = 1_000_000;

/** What a broker can be held to: what it sends and takes for throttled replicas, and moves between its log directories. */
export type RateSide = "leader" | "follower" | "directories";

/** Rates in MB/s as somebody writes them, by broker; empty for none. */
export type BrokerRates = Readonly<Record<string, Readonly<Record<RateSide, string>>>>;

/** Whether it is a rate, or none. */
export function isRate(text: string): boolean {
  return text.trim() === "" || (Number(text) > 0 && Number(text) < Infinity);
}

/** What is set, as somebody writes it. */
export function ratesOf({ brokers }: Pick<ThrottleList, "brokers">): BrokerRates {
  const written = (rate: string | null | undefined) => (rate == null ? "" : String(Number(rate) / megabyte));
  return Object.fromEntries(
    Object.entries(brokers).map(([id, { leader, follower, directories }]) => [
      id,
      { leader: written(leader), follower: written(follower), directories: written(directories) },
    ]),
  );
}

/** Brokers whose rates are not as they were, in bytes a second as Kafka has them; of log directories only where that rate is another. */
export function changedRates(before: ThrottleList["brokers"], rates: BrokerRates): ThrottleList["brokers"] {
  const bytes = (text: string) =>
    text.trim() === "" ? null : String(Math.max(1, Math.round(Number(text) * megabyte)));
  return Object.fromEntries(
    Object.entries(rates)
      .map(([id, own]) => {
        const directories = bytes(own.directories);
        const isOther = directories !== (before[id]?.directories ?? null);
        const sides = { leader: bytes(own.leader), follower: bytes(own.follower) };
        return [id, isOther ? { ...sides, directories } : sides] as const;
      })
      .filter(
        ([id, own]) =>
          own.leader !== before[id]?.leader || own.follower !== before[id]?.follower || "directories" in own,
      ),
  );
}

/** The brokers that one rate is for: those that have one or take part in a move, so that what ends the moves finds them; else all. */
export function heldBrokers(
  brokers: ThrottleList["brokers"],
  moves: readonly Pick<ActiveMove, "replicas" | "adding">[],
): readonly string[] {
  const moving = new Set(moves.flatMap(({ replicas, adding }) => [...replicas, ...adding].map(String)));
  const own = Object.entries(brokers).flatMap(([id, { leader, follower }]) =>
    leader !== null || follower !== null || moving.has(id) ? [id] : [],
  );
  return own.length > 0 ? own : Object.keys(brokers);
}

/** The lists of replicas that a throttle holds for: those that are moved now. */
export function movedReplicas(
  moves: readonly Pick<ActiveMove, "topic" | "partition" | "replicas" | "adding">[],
): Readonly<Record<string, { readonly leader: string; readonly follower: string }>> {
  const topics = new Map<string, { leader: string; follower: string }>();
  for (const { topic, partition, replicas, adding } of moves) {
    const own = topics.get(topic) ?? { leader: "", follower: "" };
    const join = (list: string, ids: readonly number[]) =>
      [...(list === "" ? [] : [list]), ...ids.map((id) => `${partition}:${id}`)].join(",");
    topics.set(topic, {
      leader: join(
        own.leader,
        replicas.filter((id) => !adding.includes(id)),
      ),
      follower: join(own.follower, adding),
    });
  }
  return Object.fromEntries(topics);
}
