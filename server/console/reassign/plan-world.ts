import type { BrokerLoad } from "../../../lib/contracts/reassignment.ts";

/** A broker as a plan sees it. */
export type PlanBroker = {
  readonly id: number;
  readonly rack: string | null;
  /** The cluster names it: it can be given replicas. */
  readonly isAlive: boolean;
  /** Of its file systems; null when it does not tell. */
  readonly capacityBytes: number | null;
};

/** A partition as a plan sees it. */
export type PlanPartition = {
  readonly topic: string;
  readonly partition: number;
  /** In the order of the assignment: the first is the preferred leader. */
  readonly replicas: readonly number[];
  /** -1 when nobody leads. */
  readonly leader: number;
  readonly isr: readonly number[];
  readonly sizeBytes: number;
};

/** A cluster as a plan sees it. */
export type PlanWorld = {
  readonly brokers: readonly PlanBroker[];
  readonly partitions: readonly PlanPartition[];
  /** Whether a partition, by its place in `partitions`, may be moved. */
  readonly isInScope: (index: number) => boolean;
};

/** Below this the bytes of a broker or a partition say nothing, and replicas are counted. */
export const SLACK_BYTES = 10_000_000;

/** Load of a broker, while it is planned. */
type Load = { -readonly [Name in keyof BrokerLoad]: number };

/** A copy of a cluster's assignments that a plan changes, with every broker's load kept up. */
export class Draft {
  readonly brokers: ReadonlyMap<number, PlanBroker>;
  /** Brokers that can be given replicas, by id. */
  readonly alive: readonly number[];
  readonly isRackAware: boolean;
  private readonly assigned: number[][];
  private readonly led: number[];
  private readonly loads: Map<number, Load>;
  private readonly touched = new Set<number>();

  constructor(readonly world: PlanWorld) {
    this.brokers = new Map(world.brokers.map((broker) => [broker.id, broker]));
    const alive = world.brokers.filter(({ isAlive }) => isAlive);
    this.alive = alive.map(({ id }) => id).sort((a, b) => a - b);
    this.isRackAware = new Set(alive.map(({ rack }) => rack)).size > 1 && alive.every(({ rack }) => rack !== null);
    this.assigned = world.partitions.map(({ replicas }) => [...replicas]);
    this.led = world.partitions.map(leaderToBe);
    this.loads = new Map(world.brokers.map(({ id }) => [id, { replicas: 0, leaders: 0, sizeBytes: 0 }]));
    for (const [index, { sizeBytes }] of world.partitions.entries()) {
      for (const id of this.replicasOf(index)) this.addLoad(id, sizeBytes, 1);
      const leader = this.leaderOf(index);
      if (leader >= 0) this.loadOf(leader).leaders += 1;
    }
  }

  replicasOf(index: number): readonly number[] {
    return this.assigned[index] ?? [];
  }

  /** Who leads once the plan is made; -1 for nobody. */
  leaderOf(index: number): number {
    return this.led[index] ?? -1;
  }

  loadOf(broker: number): Load {
    const load = this.loads.get(broker) ?? { replicas: 0, leaders: 0, sizeBytes: 0 };
    this.loads.set(broker, load);
    return load;
  }

  rackOf(broker: number): string | null {
    return this.brokers.get(broker)?.rack ?? null;
  }

  partitionAt(index: number): PlanPartition {
    const found = this.world.partitions[index];
    if (found === undefined) throw new RangeError(`there is no partition ${index} in the plan`);
    return found;
  }

  /** Places of the partitions that were changed, in the world's order. */
  changed(): number[] {
    return [...this.touched].sort((a, b) => a - b);
  }

  /** Puts one broker in another's place. */
  replace(index: number, from: number, to: number): void {
    this.assign(
      index,
      this.replicasOf(index).map((id) => (id === from ? to : id)),
    );
  }

  /** Gives a partition other replicas; who leads stays, unless it holds none any more: then the first that was in sync, else the first. */
  assign(index: number, replicas: readonly number[]): void {
    const { sizeBytes, isr } = this.partitionAt(index);
    const before = this.replicasOf(index);
    for (const id of before) if (!replicas.includes(id)) this.addLoad(id, sizeBytes, -1);
    for (const id of replicas) if (!before.includes(id)) this.addLoad(id, sizeBytes, 1);
    this.assigned[index] = [...replicas];
    this.touched.add(index);
    if (replicas.includes(this.leaderOf(index))) return;
    const kept = replicas.filter((id) => isr.includes(id));
    this.lead(index, this.leastLed(kept.length > 0 ? kept : replicas));
  }

  /** Makes a replica the preferred leader; no data is moved for it. One that is out of sync leads once it is not. */
  prefer(index: number, broker: number): void {
    this.assigned[index] = [broker, ...this.replicasOf(index).filter((id) => id !== broker)];
    this.touched.add(index);
    const { isr, replicas } = this.partitionAt(index);
    if (isr.includes(broker) || !replicas.includes(broker)) this.lead(index, broker);
  }

  /** Copies of a partition in a broker's rack; 0 where racks are not told. */
  copiesInRackOf(index: number, broker: number, without?: number): number {
    if (!this.isRackAware) return 0;
    const rack = this.rackOf(broker);
    let copies = 0;
    for (const id of this.replicasOf(index)) if (id !== without && this.rackOf(id) === rack) copies += 1;
    return copies;
  }

  /** The best of these brokers for a new replica: another rack first, then the emptiest. Undefined when each holds one already. */
  bestTarget(index: number, among: readonly number[], without?: number): number | undefined {
    let best: number | undefined;
    for (const id of among)
      if (!this.replicasOf(index).includes(id) && (best === undefined || this.isBetter(index, id, best, without)))
        best = id;
    return best;
  }

  /** Of these brokers the one that leads least. */
  leastLed(among: readonly number[]): number {
    let best = among[0] ?? -1;
    for (const id of among) if (this.loadOf(id).leaders < this.loadOf(best).leaders) best = id;
    return best;
  }

  private isBetter(index: number, id: number, best: number, without: number | undefined): boolean {
    const copies = this.copiesInRackOf(index, id, without) - this.copiesInRackOf(index, best, without);
    if (copies !== 0) return copies < 0;
    return this.compareLoad(index, id, best) < 0;
  }

  /** Below 0 when `a` has more room for this partition than `b`: by bytes, or by replicas where the partition has next to none. */
  compareLoad(index: number, a: number, b: number): number {
    const bytes = this.fillOf(a) - this.fillOf(b);
    const replicas = this.loadOf(a).replicas - this.loadOf(b).replicas;
    return this.partitionAt(index).sizeBytes < SLACK_BYTES ? replicas || bytes : bytes || replicas;
  }

  /** Bytes of a broker, as part of its disk where all tell theirs. */
  private fillOf(id: number): number {
    const capacity = this.brokers.get(id)?.capacityBytes ?? null;
    return this.loadOf(id).sizeBytes / (capacity === null || capacity === 0 ? 1 : capacity);
  }

  private lead(index: number, broker: number): void {
    const before = this.leaderOf(index);
    if (before >= 0) this.loadOf(before).leaders -= 1;
    if (broker >= 0) this.loadOf(broker).leaders += 1;
    this.led[index] = broker;
  }

  private addLoad(broker: number, sizeBytes: number, sign: 1 | -1): void {
    const load = this.loadOf(broker);
    load.replicas += sign;
    load.sizeBytes += sign * sizeBytes;
  }
}

/** Who leads in the long run: the preferred replica where it is in sync, elected by the cluster or on request; else who leads now. */
export function leaderToBe({ replicas, isr, leader }: PlanPartition): number {
  const [preferred] = replicas;
  return preferred !== undefined && leader >= 0 && isr.includes(preferred) ? preferred : leader;
}
