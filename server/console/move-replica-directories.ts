import type * as z from "zod/mini";
import { reassignmentJson } from "../../lib/cli/reassignment.ts";
import type { ChangeFacts } from "../../lib/contracts/changes.ts";
import { moveDirectoriesInput } from "../../lib/contracts/operations.ts";
import { formatBytes, formatNumberOf } from "../../lib/format.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { describeBrokerLogDirs } from "../client/admin/cluster.ts";
import type { PartitionItem } from "../client/admin/group-by-node.ts";
import { moveReplicas } from "../client/admin/reassignments.ts";
import { defineChange } from "./change.ts";
import type { Cluster } from "./cluster.ts";
import { refusalOf } from "./refused-change.ts";
import { kafkaProblem } from "./to-problem.ts";

type Input = z.infer<typeof moveDirectoriesInput>;

const CHANGE = "move-replica-directories";

/** Moving a broker's replicas to another of its log directories. The broker copies by itself, and then switches. */
export const moveReplicaDirectoriesChange = defineChange<Input, null>({
  kind: CHANGE,
  input: moveDirectoriesInput,
  verb: ({ partitions }) => `Move ${formatNumberOf(partitions.length, "replica")} to another directory of broker`,
  failed: () => "No replica was moved",
  target: ({ broker }) => ({ type: "broker", name: String(broker) }),
  cli: ({ broker, path, partitions }, bootstrap) => {
    const json = JSON.parse(reassignmentJson(partitions.map((item) => ({ ...item, replicas: [broker] }))));
    for (const one of json.partitions) one.log_dirs = [path];
    return `cat > reassignment.json <<'EOF'\n${JSON.stringify(json)}\nEOF\n# Name the other replicas of each partition too, with "any" for their directory.\nkafka-reassign-partitions.sh --bootstrap-server ${bootstrap.join(",")} --reassignment-json-file reassignment.json --execute`;
  },
  async plan({ cluster }, input, title) {
    const found = await findReplicas(cluster, input, title);
    if (!found.ok) return found;
    const bytes = found.value.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const text = `${formatNumberOf(found.value.length, "replica")} with ${formatBytes(bytes)} are copied on the broker's own disks; clients notice nothing.`;
    return succeed({ ...factsOf(found.value, input.path), impact: [{ severity: "info", text }], problems: [] });
  },
  async act({ cluster }, input, title) {
    const found = await findReplicas(cluster, input, title);
    if (!found.ok) return found;
    const answer = await moveReplicas(cluster.client, input, found.value);
    cluster.forgetTopics();
    const needs = { operation: "Alter", resource: "cluster" as const };
    const refused = refusalOf(cluster, answer, { title, needs });
    if (refused) return fail(refused);
    const summary = `${formatNumberOf(found.value.length, "replica")} to ${input.path}`;
    return succeed({ value: null, ...factsOf(found.value, input.path), summary });
  },
  revert({ before }, { cluster, broker }) {
    const paths = new Set(Object.values(before).filter((path) => path !== null));
    const [path] = paths;
    if (path === undefined || paths.size > 1)
      return { irreversible: "They came from several directories. Move them back by groups." };
    const partitions = Object.keys(before).flatMap((name) => {
      const [, topic, partition] = /^(.+)-(\d+)$/.exec(name) ?? [];
      return topic === undefined ? [] : [{ topic, partition: Number(partition) }];
    });
    return { kind: CHANGE, input: { cluster, broker, path, partitions } };
  },
});

type Replica = PartitionItem & { readonly path: string; readonly sizeBytes: number };

/** Replicas that are not there yet, with the directory that they are in. */
async function findReplicas(cluster: Cluster, input: Input, title: string): Promise<Result<Replica[]>> {
  const { broker, path, partitions } = input;
  const { errorCode, results } = await describeBrokerLogDirs(cluster.client, broker);
  if (errorCode !== 0) {
    const needs = { operation: "Describe", resource: "cluster" as const };
    return fail(kafkaProblem(errorCode, null, { title, needs, identity: cluster.identity }));
  }
  if (!results.some(({ logDir }) => logDir === path)) {
    const detail = `Broker ${broker} has no log directory ${path}. It has: ${results.map(({ logDir }) => logDir).join(", ")}.`;
    return fail(problem({ code: "invalid-input", title, detail, fields: { path: detail } }));
  }
  const chosen = new Set(partitions.map(({ topic, partition }) => `${topic}/${partition}`));
  const found = results.flatMap(({ logDir, topics }) =>
    topics.flatMap(({ name, partitions: held }) =>
      held
        .filter(({ partitionIndex, isFutureKey }) => !isFutureKey && chosen.has(`${name}/${partitionIndex}`))
        .map(({ partitionIndex, partitionSize }) => ({
          topic: name,
          partition: partitionIndex,
          path: logDir,
          sizeBytes: partitionSize,
        })),
    ),
  );
  const moving = found.filter((replica) => replica.path !== path);
  if (moving.length > 0) return succeed(moving);
  const detail =
    found.length === 0 ? `Broker ${broker} has none of these replicas.` : "They are in this directory already.";
  return fail(problem({ code: "not-possible", title, detail }));
}

function factsOf(
  replicas: readonly Replica[],
  path: string,
): { readonly before: ChangeFacts; readonly after: ChangeFacts } {
  const names = replicas.map(({ topic, partition }) => `${topic}-${partition}`);
  return {
    before: Object.fromEntries(replicas.map((replica, index) => [names[index] ?? "", replica.path])),
    after: Object.fromEntries(names.map((name) => [name, path])),
  };
}
