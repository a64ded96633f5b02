import type * as z from "zod/mini";
import { moveDirectoriesCommand } from "../../lib/cli/reassignment.ts";
import { moveDirectoriesCode } from "../../lib/code/operations.ts";
import type { ChangeFacts, Impact } from "../../lib/contracts/changes.ts";
import { moveDirectoriesInput } from "../../lib/contracts/operations.ts";
import { formatBytes, formatNumberOf } from "../../lib/format.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { describeBrokerLogDirs } from "../client/admin/cluster.ts";
import type { PartitionItem } from "../client/admin/group-by-node.ts";
import { moveReplicas, type PartitionAnswer } from "../client/admin/reassignments.ts";
import { defineChange } from "./change.ts";
import type { Cluster } from "./cluster.ts";
import { partitionFacts } from "./partition-facts.ts";
import { partly } from "./partly.ts";
import { changedOf } from "./refused-change.ts";
import { kafkaProblem } from "./to-problem.ts";

type Input = z.infer<typeof moveDirectoriesInput>;

const CHANGE = "move-replica-directories";

/** Moving a broker's replicas to another of its log directories: the broker copies by itself, and then switches. To the one that they are in: what is under way of them is given up (KIP-113). */
export const moveReplicaDirectoriesChange = defineChange<Input, null>({
  kind: CHANGE,
  input: moveDirectoriesInput,
  verb: ({ partitions }) => `Move ${formatNumberOf(partitions.length, "replica")} to another directory of broker`,
  failed: () => "No replica was moved",
  target: ({ broker }) => ({ type: "broker", name: String(broker) }),
  async plan({ cluster }, input, title) {
    const found = await findReplicas(cluster, input, title);
    if (!found.ok) return found;
    return succeed({
      ...factsOf(found.value),
      impact: impactOf(found.value),
      problems: [],
      ...(await commandsOf(cluster, input, found.value)),
    });
  },
  async act({ cluster }, input, title) {
    const found = await findReplicas(cluster, input, title);
    if (!found.ok) return found;
    const commands = await commandsOf(cluster, input, found.value);
    const answer: PartitionAnswer[] = [];
    for (const path of new Set(found.value.map(({ to }) => to))) {
      const own = found.value.filter(({ to }) => to === path);
      answer.push(...(await moveReplicas(cluster.client, { broker: input.broker, path }, own)));
    }
    cluster.directoryWatch.note(found.value);
    cluster.forgetTopics();
    const needs = { operation: "Alter", resource: "cluster" as const };
    const moved = changedOf(cluster, found.value, answer, { title, needs });
    if (!moved.ok) return moved;
    const { changed, refusals } = moved.value;
    const paths = [...new Set(changed.map(({ to }) => to))].join(", ");
    const summary = partly(`${formatNumberOf(changed.length, "replica")} to ${paths}`, refusals);
    return succeed({ value: null, ...factsOf(changed), summary, ...commands });
  },
  revert({ before }, { cluster, broker }) {
    const partitions = partitionFacts(before).map(({ topic, partition, fact }) => ({
      topic,
      partition,
      path: fact ?? "",
    }));
    return { kind: CHANGE, input: { cluster, broker, path: partitions[0]?.path ?? "", partitions } };
  },
});

type Replica = PartitionItem & {
  /** The directory that it is in. */
  readonly home: string;
  /** The directory that it is in, or is being moved to. */
  readonly path: string;
  /** The directory that it goes to. */
  readonly to: string;
  readonly sizeBytes: number;
};

/** Kafka's tool wants all replicas of each partition: those that it is not told would be given up. */
async function commandsOf({ client, options }: Cluster, { broker }: Input, replicas: readonly Replica[]) {
  await client.refresh([...new Set(replicas.map(({ topic }) => topic))]);
  const assignments = replicas.flatMap(({ topic, partition, to }) => {
    const known = client.metadata.partition(topic, partition)?.replicaNodes;
    return known ? [{ topic, partition, replicas: [...known], path: to }] : [];
  });
  const { bootstrap } = options;
  return {
    cli: moveDirectoriesCommand(bootstrap, { broker, assignments }),
    code: moveDirectoriesCode(bootstrap, { broker, places: assignments }),
  };
}

function impactOf(replicas: readonly Replica[]): Impact[] {
  const copied = replicas.filter(({ home, to }) => home !== to);
  const givenUp = replicas.filter(({ home, path }) => home !== path);
  const impact: Impact[] = [];
  if (copied.length > 0) {
    const bytes = copied.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const text = `${formatNumberOf(copied.length, "replica")} with ${formatBytes(bytes)} ${copied.length === 1 ? "is" : "are"} copied on the broker's own disks; clients notice nothing.`;
    impact.push({ severity: "info", text });
  }
  if (givenUp.length > 0) {
    const text = `${formatNumberOf(givenUp.length, "copy", "copies")} under way ${givenUp.length === 1 ? "is" : "are"} given up: what was copied is deleted.`;
    impact.push({ severity: "warning", text });
  }
  return impact;
}

/** Replicas that are not there or on their way there, with the directory that they are in. */
async function findReplicas(cluster: Cluster, input: Input, title: string): Promise<Result<Replica[]>> {
  const { broker, path, partitions } = input;
  const { errorCode, results } = await describeBrokerLogDirs(cluster.client, broker);
  if (errorCode !== 0) {
    const needs = { operation: "Describe", resource: "cluster" as const };
    return fail(kafkaProblem(errorCode, null, { title, needs, identity: cluster.identity }));
  }
  const paths = new Map(partitions.map((one) => [`${one.topic}/${one.partition}`, one.path ?? path]));
  const unknown = [path, ...paths.values()].find((one) => !results.some(({ logDir }) => logDir === one));
  if (unknown !== undefined) {
    const detail = `Broker ${broker} has no log directory ${unknown}. It has: ${results.map(({ logDir }) => logDir).join(", ")}.`;
    return fail(problem({ code: "invalid-input", title, detail, fields: { path: detail } }));
  }
  const held = results.flatMap(({ logDir, topics }) =>
    topics.flatMap(({ name, partitions: own }) =>
      own.map(({ partitionIndex, ...replica }) => ({ ...replica, logDir, topic: name, partition: partitionIndex })),
    ),
  );
  const futures = new Map(
    held.filter(({ isFutureKey }) => isFutureKey).map((own) => [`${own.topic}/${own.partition}`, own.logDir]),
  );
  const found = held.flatMap(({ topic, partition, logDir: home, partitionSize: sizeBytes, isFutureKey }) => {
    const to = paths.get(`${topic}/${partition}`);
    if (isFutureKey || to === undefined) return [];
    return { topic, partition, home, path: futures.get(`${topic}/${partition}`) ?? home, to, sizeBytes };
  });
  const moving = found.filter((replica) => replica.path !== replica.to);
  if (moving.length > 0) return succeed(moving);
  const detail =
    found.length === 0
      ? `Broker ${broker} has none of these replicas.`
      : "They are in this directory already, or on their way to it.";
  return fail(problem({ code: "not-possible", title, detail }));
}

function factsOf(replicas: readonly Replica[]): { readonly before: ChangeFacts; readonly after: ChangeFacts } {
  const names = replicas.map(({ topic, partition }) => `${topic}-${partition}`);
  return {
    before: Object.fromEntries(replicas.map((replica, index) => [names[index] ?? "", replica.path])),
    after: Object.fromEntries(replicas.map((replica, index) => [names[index] ?? "", replica.to])),
  };
}
