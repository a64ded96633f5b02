import type { Problem } from "../../../lib/problem.ts";
import type { ClusterClient } from "../../client/cluster-client.ts";
import type { Identity } from "../to-problem.ts";

/** A cluster as columns ask it: its client, and who it takes us for. */
export type ColumnSource = { readonly client: ClusterClient; readonly identity: Identity };

/** A part of a list, read apart from the others, so that the rest shows when it fails. */
export type Column<Value> = {
  /** Names with ids of the topics that were asked for: another topic of the same name is another topic. */
  readonly covers: ReadonlySet<string>;
  /** By topic name; a topic without an entry could not be read. */
  readonly values: ReadonlyMap<string, Value>;
  readonly problems: readonly Problem[];
};

/** The topic as columns know it. */
export function columnKey({ name, topicId }: { readonly name: string | null; readonly topicId: string }): string {
  return `${name ?? ""}/${topicId}`;
}

/** Keeps one of each kind: many partitions fail for one reason. */
export function distinctProblems(problems: readonly Problem[]): Problem[] {
  const seen = new Map<string, Problem>();
  for (const one of problems) {
    const key = `${one.code} ${one.detail}`;
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}
