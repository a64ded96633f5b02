import { setTimeout as pause } from "node:timers/promises";
import { describeAllTopics } from "../client/admin/topics.ts";
import { ClusterClient } from "../client/cluster-client.ts";
import { createLog } from "../environment/real/log.ts";
import { realEnvironment } from "../environment/real/real-environment.ts";
import { AlterPartitionReassignments } from "../wire/apis/alter-partition-reassignments.ts";
import { ListPartitionReassignments } from "../wire/apis/list-partition-reassignments.ts";
import { UnregisterBroker } from "../wire/apis/unregister-broker.ts";
import { BROKER_ID_NOT_REGISTERED, errorName, NONE } from "../wire/errors.ts";
import type { Failure } from "../broker/role-messages.ts";
import { planDrain, type Move, type Placed } from "./plan-drain.ts";

/** Moves of one request; the next step takes the next ones. */
const MOVES_MAX = 1000;
const TIMEOUT_MS = 20_000;
/** What has nowhere to go is looked at so often, and this long apart, before it is believed. */
const LOOKS_MAX = 5;
const LOOK_PAUSE_MS = 400;
/** Partitions that a message names. */
const NAMED_MAX = 5;

/** What the platform asks of its own cluster, over the listener between brokers, which needs no password. */
export class BrokerReplicas {
  private readonly client: ClusterClient;

  /** `bootstrap`: `host:port` of running brokers. To be closed. */
  constructor(bootstrap: readonly string[]) {
    const environment = realEnvironment({ log: createLog({ format: "text", level: "error" }) });
    this.client = new ClusterClient(environment, { bootstrap, clientId: "odradek-platform" });
  }

  close(): void {
    this.client.close();
  }

  /** Partitions with a replica on a broker, also one that is on its way. */
  async on(broker: number): Promise<readonly Placed[]> {
    return (await this.everything()).filter(({ replicas }) => replicas.includes(broker));
  }

  /** Sends what is on a broker to others, as far as it is not on its way already; answers what is there still. A failure names what has nowhere to go. */
  async drain(broker: number): Promise<readonly Placed[] | Failure> {
    for (let look = 1; ; look += 1) {
      const leaving = await this.leaving(broker);
      const partitions = await this.everything();
      const held = partitions.filter(({ replicas }) => replicas.includes(broker));
      if (held.length === 0) return held;
      const targets = [...this.client.metadata.brokers.values()];
      const settled = partitions.filter((placed) => !leaving.has(keyOf(placed)));
      const { moves, stuck } = planDrain(broker, settled, targets);
      if (stuck.length === 0) {
        if (moves.length > 0) await this.move(moves.slice(0, MOVES_MAX));
        return held;
      }
      // The broker that is asked may hear late that a move is over: the partition then seems to be on all of them.
      if (look === LOOKS_MAX) return nowhereToGo(broker, stuck, targets.length - 1);
      await pause(LOOK_PAUSE_MS);
    }
  }

  /** Forgets a broker that has stopped for good. */
  async unregister(broker: number): Promise<void> {
    const { errorCode, errorMessage } = await this.client.send(UnregisterBroker, { brokerId: broker }, this.options());
    if (errorCode !== NONE && errorCode !== BROKER_ID_NOT_REGISTERED)
      throw refused("UnregisterBroker", errorCode, errorMessage);
  }

  private async everything(): Promise<readonly Placed[]> {
    const topics = await describeAllTopics(this.client);
    return topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, replicaNodes }) => ({
        topic: name ?? "",
        partition: partitionIndex,
        replicas: replicaNodes,
      })),
    );
  }

  private async leaving(broker: number): Promise<ReadonlySet<string>> {
    const request = { timeoutMs: TIMEOUT_MS, topics: null };
    const answer = await this.client.send(ListPartitionReassignments, request, this.options());
    if (answer.errorCode !== NONE) throw refused("ListPartitionReassignments", answer.errorCode, answer.errorMessage);
    const leaving = answer.topics.flatMap(({ name, partitions }) =>
      partitions
        .filter(({ removingReplicas }) => removingReplicas.includes(broker))
        .map(({ partitionIndex }) => keyOf({ topic: name, partition: partitionIndex })),
    );
    return new Set(leaving);
  }

  private async move(moves: readonly Move[]): Promise<void> {
    const topics = new Map<string, { partitionIndex: number; replicas: readonly number[] }[]>();
    for (const { topic, partition, replicas } of moves)
      topics.set(topic, [...(topics.get(topic) ?? []), { partitionIndex: partition, replicas }]);
    const request = {
      timeoutMs: TIMEOUT_MS,
      topics: [...topics].map(([name, partitions]) => ({ name, partitions })),
    };
    const answer = await this.client.send(AlterPartitionReassignments, request, this.options());
    const wrong = answer.responses.flatMap(({ partitions }) => partitions).find(({ errorCode }) => errorCode !== NONE);
    if (answer.errorCode !== NONE || wrong !== undefined)
      throw refused(
        "AlterPartitionReassignments",
        wrong?.errorCode ?? answer.errorCode,
        wrong?.errorMessage ?? answer.errorMessage,
      );
  }

  private options() {
    return { to: "any", deadlineMs: this.client.deadline(TIMEOUT_MS) } as const;
  }
}

/** `orders-0, orders-1 and 12 more`. */
export function named(partitions: readonly Pick<Placed, "topic" | "partition">[]): string {
  const shown = partitions.slice(0, NAMED_MAX).map(keyOf).join(", ");
  const more = partitions.length - NAMED_MAX;
  return more > 0 ? `${shown} and ${more} more` : shown;
}

function nowhereToGo(broker: number, stuck: readonly Placed[], left: number): Failure {
  return {
    title: `Broker ${broker} cannot be emptied`,
    detail: `${named(stuck)}: every other broker holds a replica already, and ${left} would be left.`,
    suggestion: "Add a broker first (odradek brokers add), or give these topics fewer replicas.",
  };
}

function refused(api: string, errorCode: number, message: string | null): Error {
  return new Error(`${api} was refused with ${errorName(errorCode)}${message === null ? "" : `: ${message}`}.`);
}

function keyOf({ topic, partition }: Pick<Placed, "topic" | "partition">): string {
  return `${topic}-${partition}`;
}
