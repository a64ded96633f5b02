import type { Topology, TopologyNode } from "../../lib/contracts/topology.ts";
import type { Problem } from "../../lib/problem.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { succeed } from "../../lib/result.ts";
import { type ActiveProducer, describeProducers } from "../client/admin/describe-producers.ts";
import type { Sampler } from "./engine/sampler/sampler.ts";
import type { ClusterSnapshot, SampledGroup } from "./engine/sampler/snapshot.ts";
import { topicsOf } from "./group-summary.ts";
import { sampleJob } from "./sample-data/find-sample-job.ts";
import { sampleTopics } from "./sample-data/sample-topics.ts";
import { sampledOf } from "./sampled.ts";
import { settle } from "./settled.ts";
import { defineUseCase, type Scope } from "./use-case.ts";

/** Topics of one drawing: more boxes nobody can read, and a browser takes seconds to place them. The busiest stay. */
const TOPICS_MAX = 40;
/** A producer that wrote nothing for so long is not shown as active. */
const ACTIVE_MS = 15 * 60_000;

type Edge = Topology["edges"][number];
type Drawing = { readonly nodes: Map<string, TopologyNode>; readonly edges: Edge[] };

/** Who writes to which topic and who reads it, from what the cluster itself tells; each part names its source. */
export const readTopology = defineUseCase<{ readonly cluster: string }, Topology>({
  failed: () => "The topology could not be read",
  async run(scope) {
    const { snapshot, problems, sampler } = await sampledOf(scope);
    const chosen = choose(snapshot, sampler);
    const drawing: Drawing = { nodes: new Map(), edges: [] };
    for (const topic of chosen.topics) addTopic(drawing, topic, snapshot, sampler);
    for (const group of snapshot.groups?.value.values() ?? []) addGroup(drawing, group, sampler);
    const producers = await readProducers(scope, snapshot, chosen.topics);
    for (const producer of producers.active) addProducer(drawing, producer);
    addSampleJob(drawing, scope);
    return succeed({
      nodes: [...drawing.nodes.values()],
      edges: drawing.edges,
      idleTopics: chosen.idle,
      omitted: chosen.omitted,
      problems: [...problems, ...producers.problems],
      readAtMs: snapshot.readAtMs,
    });
  },
});

type Chosen = { readonly topics: readonly string[]; readonly idle: number; readonly omitted: number };

/** Topics that are written to or read, the busiest first. */
function choose({ topics, groups }: ClusterSnapshot, sampler: Sampler): Chosen {
  const read = new Set([...(groups?.value.values() ?? [])].flatMap(topicsOf));
  const own = topics.filter(({ isInternal }) => !isInternal).map(({ name }) => name ?? "");
  const rateOf = (name: string) => sampler.ratePerSecond("topic-end", name) ?? 0;
  const alive = own.filter((name) => read.has(name) || rateOf(name) > 0);
  const sorted = alive.sort((a, b) => rateOf(b) - rateOf(a) || (a < b ? -1 : 1));
  return {
    topics: sorted.slice(0, TOPICS_MAX),
    idle: own.length - alive.length,
    omitted: Math.max(0, alive.length - TOPICS_MAX),
  };
}

function addTopic({ nodes }: Drawing, name: string, { topics }: ClusterSnapshot, sampler: Sampler): void {
  const found = sampler.attention.find(({ subject }) => subject.type === "topic" && subject.name === name);
  const partitions = topics.find((topic) => topic.name === name)?.partitions.length ?? 0;
  const detail = found?.text ?? formatNumberOf(partitions, "partition");
  add(nodes, { type: "topic", name, severity: found?.severity ?? null, detail, source: "Metadata" });
}

function addGroup({ nodes, edges }: Drawing, group: SampledGroup, sampler: Sampler): void {
  const { groupId, members, lagMessages } = group;
  const read = topicsOf(group).filter((topic) => nodes.has(`topic ${topic}`));
  if (read.length === 0) return;
  const trouble = sampler.findingsOf(groupId).find((found) => found.severity !== "info");
  const behind = lagMessages === null ? "lag not known" : `${formatNumberOf(lagMessages, "message")} behind`;
  const detail = trouble?.text ?? `${formatNumberOf(members?.length ?? 0, "member")}, ${behind}`;
  const node = add(nodes, {
    type: "group",
    name: groupId,
    severity: trouble === undefined || trouble.severity === "info" ? null : trouble.severity,
    detail,
    source: "DescribeGroups",
  });
  // What a group reads is known as a whole; of a topic only when it is the only one.
  const perSecond = read.length === 1 ? sampler.groups.consumedPerSecond(groupId) : null;
  for (const topic of read)
    edges.push({ from: idOf(nodes, `topic ${topic}`), to: node.id, perSecond, source: "OffsetFetch" });
}

type Producer = { readonly producerId: number; readonly topics: readonly string[] };

function addProducer({ nodes, edges }: Drawing, { producerId, topics }: Producer): void {
  const source = "DescribeProducers";
  const detail = "Idempotent or transactional";
  const node = add(nodes, { type: "producer", name: `producer ${producerId}`, severity: null, detail, source });
  for (const topic of topics) edges.push({ from: node.id, to: idOf(nodes, `topic ${topic}`), perSecond: null, source });
}

/** The console knows of its own generator, which is no idempotent producer and so unknown to the cluster. */
function addSampleJob({ nodes, edges }: Drawing, { context, cluster }: Scope): void {
  const job = sampleJob(context.engine.jobs, cluster.options.id);
  if (job?.state !== "running") return;
  const source = "this console";
  const node = add(nodes, { type: "job", name: "Sample data", severity: null, detail: `Job ${job.id}`, source });
  for (const { name, perSecond } of sampleTopics)
    if (nodes.has(`topic ${name}`)) edges.push({ from: node.id, to: idOf(nodes, `topic ${name}`), perSecond, source });
}

async function readProducers(
  { cluster }: Scope,
  { topics }: ClusterSnapshot,
  names: readonly string[],
): Promise<{ active: Producer[]; problems: readonly Problem[] }> {
  const partitions = topics
    .filter(({ name }) => names.includes(name ?? ""))
    .flatMap(({ name, partitions: own }) =>
      own.map(({ partitionIndex }) => ({ topic: name ?? "", partition: partitionIndex })),
    );
  const title = "Producers could not be read";
  const { value = [], problems } = await settle(describeProducers(cluster.client, partitions), {
    title,
    identity: cluster.identity,
  });
  const since = Date.now() - ACTIVE_MS;
  const byId = new Map<number, Set<string>>();
  for (const { producerId, topic } of value.filter((producer) => isActive(producer, since)))
    byId.set(producerId, (byId.get(producerId) ?? new Set()).add(topic));
  return { active: [...byId].map(([producerId, own]) => ({ producerId, topics: [...own] })), problems };
}

function isActive({ lastTimestampMs, isTransacting }: ActiveProducer, since: number): boolean {
  return isTransacting || lastTimestampMs >= since;
}

function add(nodes: Drawing["nodes"], facts: Omit<TopologyNode, "id">): TopologyNode {
  const node = { id: `n${nodes.size}`, ...facts };
  nodes.set(`${facts.type} ${facts.name}`, node);
  return node;
}

function idOf(nodes: Drawing["nodes"], key: string): string {
  return nodes.get(key)?.id ?? "";
}
