import type { Problem } from "../../lib/problem.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { describeGroup, type GroupDescription, type GroupMember } from "../client/admin/describe-groups.ts";
import { type CommittedOffset, listGroupOffsets } from "../client/admin/group-offsets.ts";
import type { Cluster } from "./cluster.ts";
import { partitionKey } from "./engine/sampler/snapshot.ts";
import { type Attempt, kafkaProblem } from "./to-problem.ts";

/** A group as a change to it finds it. */
export type GroupStanding = {
  readonly description: GroupDescription;
  /** By "topic/partition". */
  readonly offsets: ReadonlyMap<string, CommittedOffset>;
  /** It has members or offsets. */
  readonly exists: boolean;
};

const GROUP_ID_NOT_FOUND = 69;

/** What a change to a group needs, in Kafka's rights. */
export function groupAttempt({ identity }: Cluster, group: string, title: string, operation = "Read"): Attempt {
  return { title, facts: [["group", group]], needs: { operation, resource: { group } }, identity };
}

/** Reads members and offsets of a group; one that does not exist has none of either. */
export async function groupStanding(cluster: Cluster, group: string, title: string): Promise<Result<GroupStanding>> {
  const { client } = cluster;
  const [description, committed] = await Promise.all([describeGroup(client, group), listGroupOffsets(client, group)]);
  const errorCode = description.errorCode || committed.errorCode;
  if (errorCode !== 0 && errorCode !== GROUP_ID_NOT_FOUND)
    return fail(kafkaProblem(errorCode, description.message, groupAttempt(cluster, group, title, "Describe")));
  const offsets = new Map(committed.offsets.map((own) => [partitionKey(own.topic, own.partition), own]));
  return succeed({ description, offsets, exists: description.members.length > 0 || offsets.size > 0 });
}

/** How many members a sentence names. */
const NAMED_MAX = 3;

/** "search-indexer-1 on 10.2.4.21, search-indexer-2 on 10.2.4.22 and 4 more" */
export function memberNames(members: readonly Pick<GroupMember, "clientId" | "host">[]): string {
  const named = members.slice(0, NAMED_MAX).map(({ clientId, host }) => `${clientId} on ${host.replace(/^\//, "")}`);
  const more = members.length - named.length;
  return more > 0 ? `${named.join(", ")} and ${more} more` : named.join(" and ");
}

/** Why offsets of a group cannot be set now: Kafka takes them from its members alone while it has any. */
export function activeProblem(group: string, members: readonly GroupMember[], title: string): Problem {
  const who = memberNames(members);
  return problem({
    code: "not-possible",
    title,
    detail: `${members.length === 1 ? "1 member is" : `${members.length} members are`} active: ${who}. Kafka refuses until they have stopped.`,
    suggestion: "Stop the application, or remove its members, then try again.",
    facts: [["group", group], ...members.map(({ memberId }): [string, string] => ["member", memberId])],
  });
}
