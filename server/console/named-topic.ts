import type { ChangeFacts } from "../../lib/contracts/changes.ts";

/** A topic as the command that makes it names it, from the facts of a plan that makes one. */
export function namedTopic(name: string, facts: ChangeFacts) {
  const { partitions, "replication.factor": replicas, id: _, ...rest } = facts;
  const configs = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, value ?? ""]));
  const number = (text: string | null | undefined) => (text === null || text === undefined ? null : Number(text));
  return { name, partitions: number(partitions), replicationFactor: number(replicas), configs };
}
