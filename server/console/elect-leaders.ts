import { electLeadersCommand } from "../../lib/cli/operations.ts";
import { electLeadersCode } from "../../lib/code/operations.ts";
import type { ChangeFacts, Impact } from "../../lib/contracts/changes.ts";
import { type ElectLeadersInput, electLeadersInput } from "../../lib/contracts/operations.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { problem } from "../../lib/problem.ts";
import { fail, succeed } from "../../lib/result.ts";
import type { PartitionItem } from "../client/admin/group-by-node.ts";
import { electLeaders } from "../client/admin/reassignments.ts";
import { describeAllTopics } from "../client/admin/topics.ts";
import type { PartitionMetadata } from "../client/metadata-image.ts";
import { defineChange } from "./change.ts";
import type { Cluster } from "./cluster.ts";
import { partitionFacts } from "./partition-facts.ts";
import { partly } from "./partly.ts";
import { REASSIGN } from "./reassign/reassign-job.ts";
import { changedOf } from "./refused-change.ts";

/** A partition that an election would give another leader. */
type Candidate = PartitionItem & { readonly now: PartitionMetadata; readonly leader: number };

/** Electing leaders: the preferred ones, or, where no replica in sync is left, one that lacks messages. */
export const electLeadersChange = defineChange<ElectLeadersInput, null>({
  kind: "elect-leaders",
  input: electLeadersInput,
  verb: ({ election }) => (election === "preferred" ? "Elect preferred leaders of" : "Elect leaders uncleanly of"),
  failed: () => "No leader was elected",
  target: ({ cluster, topics }) => {
    const [only] = topics;
    return topics.length === 1 && only !== undefined
      ? { type: "topic", name: only }
      : { type: "cluster", name: cluster };
  },
  cli(input, bootstrap, after) {
    const places = placesOf(input, after);
    return places && electLeadersCommand(bootstrap, { election: input.election, places });
  },
  code(input, bootstrap, after) {
    const places = placesOf(input, after);
    return places && electLeadersCode(bootstrap, { election: input.election, places });
  },
  async plan({ cluster }, input, title) {
    const { found, stuck } = await candidates(cluster, input);
    if (found.length === 0) {
      const detail =
        stuck > 0
          ? `The preferred replicas of ${formatNumberOf(stuck, "partition")} are not in sync, so they cannot lead.`
          : input.election === "preferred"
            ? "Every partition is led by its preferred replica."
            : "Every partition has a leader.";
      return fail(problem({ code: "not-possible", title, detail }));
    }
    return succeed({ ...factsOf(found), impact: impactOf(input, found, stuck), problems: [] });
  },
  async act({ cluster }, input, title) {
    const { found } = await candidates(cluster, input);
    const answer = await electLeaders(cluster.client, input.election, found);
    cluster.forgetTopics();
    const attempt = {
      title,
      needs: { operation: "Alter", resource: "cluster" as const },
      fine: ["ELECTION_NOT_NEEDED"],
    };
    const elected = changedOf(cluster, found, answer, attempt);
    if (!elected.ok) return elected;
    const { changed, refusals } = elected.value;
    const summary = partly(formatNumberOf(changed.length, "leader"), refusals);
    return succeed({ value: null, ...factsOf(changed), summary });
  },
  revert({ before }, { cluster, election }) {
    if (election === "unclean")
      return { irreversible: "Messages that the elected replica had not are gone, whoever leads now." };
    const moves = partitionFacts(before).flatMap(moveBack);
    return {
      kind: REASSIGN,
      input: { cluster, title: "Take back: elect leaders", moves, throttleBytesPerSecond: null, batchMoves: 1_000 },
    };
  },
});

/** The partitions of a command: none for "all that there are", null where they are not known. */
function placesOf({ topics, partitions }: ElectLeadersInput, after: ChangeFacts): readonly PartitionItem[] | null {
  if (topics.length === 0 && partitions.length === 0) return [];
  const found = partitionFacts(after);
  return found.length > 0 ? found : partitions.length > 0 ? partitions : null;
}

/** Kafka elects only the first replica, so the leader before is put first: no data is moved. */
function moveBack({ topic, partition, fact }: PartitionItem & { readonly fact: string | null }) {
  const [, leader, list] = /^(\d+) of ([\d, ]+)$/.exec(fact ?? "") ?? [];
  if (leader === undefined || list === undefined) return [];
  const from = list.split(", ").map(Number);
  const to = [Number(leader), ...from.filter((id) => id !== Number(leader))];
  return [{ topic, partition, from, to, sizeBytes: 0, copyBytes: 0, movesLeader: true }];
}

async function candidates(
  { client }: Cluster,
  { election, topics, partitions }: ElectLeadersInput,
): Promise<{ readonly found: readonly Candidate[]; readonly stuck: number }> {
  const wanted = new Set(partitions.map(({ topic, partition }) => `${topic}/${partition}`));
  const found: Candidate[] = [];
  let stuck = 0;
  for (const { name, partitions: own } of await describeAllTopics(client)) {
    const topic = name ?? "";
    if (topics.length > 0 && !topics.includes(topic)) continue;
    for (const now of own) {
      const partition = now.partitionIndex;
      if (wanted.size > 0 && !wanted.has(`${topic}/${partition}`)) continue;
      const [preferred] = now.replicaNodes;
      const alive = now.replicaNodes.find((id) => !now.offlineReplicas.includes(id));
      if (election === "unclean") {
        if (now.leaderId < 0 && alive !== undefined) found.push({ topic, partition, now, leader: alive });
        else if (now.leaderId < 0) stuck += 1;
      } else if (preferred !== undefined && now.leaderId !== preferred) {
        if (now.isrNodes.includes(preferred)) found.push({ topic, partition, now, leader: preferred });
        else stuck += 1;
      }
    }
  }
  return { found, stuck };
}

function factsOf(found: readonly Candidate[]): { readonly before: ChangeFacts; readonly after: ChangeFacts } {
  const told = (leader: (one: Candidate) => string) =>
    Object.fromEntries(
      found.map((one) => [`${one.topic}-${one.partition}`, `${leader(one)} of ${one.now.replicaNodes.join(", ")}`]),
    );
  return {
    before: told(({ now }) => (now.leaderId < 0 ? "none" : String(now.leaderId))),
    after: told(({ leader }) => String(leader)),
  };
}

function impactOf({ election }: ElectLeadersInput, found: readonly Candidate[], stuck: number): Impact[] {
  const impact: Impact[] = [];
  if (election === "unclean")
    impact.push({
      severity: "critical",
      text: `Messages are lost: ${formatNumberOf(found.length, "partition")} get a leader that has not all that was acknowledged. What it lacks is deleted from the others when they return.`,
    });
  else
    impact.push({
      severity: "info",
      text: `${formatNumberOf(found.length, "leader")} move; clients find them by themselves, after one refused request (NOT_LEADER_OR_FOLLOWER).`,
    });
  if (stuck > 0)
    impact.push({
      severity: "warning",
      text: `${formatNumberOf(stuck, "partition")} stay as they are: ${election === "unclean" ? "none of their brokers is there" : "their preferred replica is not in sync"}.`,
    });
  return impact;
}
