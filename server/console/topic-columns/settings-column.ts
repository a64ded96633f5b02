import type { Problem } from "../../../lib/problem.ts";
import { type DescribedConfigs, describeConfigs } from "../../client/admin/configs.ts";
import type { TopicMetadata } from "../../client/metadata-image.ts";
import { type Identity, kafkaProblem } from "../to-problem.ts";
import { type Column, type ColumnSource, columnKey, distinctProblems } from "./column.ts";

/** The settings that a list shows; null where the cluster has none of that name. */
export type TopicSettings = {
  readonly cleanupPolicy: ("delete" | "compact")[] | null;
  readonly retentionMs: number | null;
  readonly retentionBytes: number | null;
  readonly minInsyncReplicas: number | null;
  /** Its closed segments are copied to remote log storage (KIP-405). */
  readonly isTiered: boolean;
};

export type SettingsColumn = Column<TopicSettings>;

const NAMES = ["cleanup.policy", "retention.ms", "retention.bytes", "min.insync.replicas", "remote.storage.enable"];

/** Asks any broker for these settings of all topics. */
export async function readSettingsColumn(
  { client, identity }: ColumnSource,
  topics: readonly TopicMetadata[],
): Promise<SettingsColumn> {
  const resources = topics.map(({ name }) => ({ type: "topic" as const, name: name ?? "" }));
  const described = await describeConfigs(client, resources, { names: NAMES, details: false });
  const values = new Map<string, TopicSettings>();
  const problems: Problem[] = [];
  for (const resource of described) {
    if (resource.errorCode === 0) values.set(resource.resourceName, settingsOf(resource));
    else problems.push(settingsProblem(resource, identity));
  }
  return { covers: new Set(topics.map(columnKey)), values, problems: distinctProblems(problems) };
}

/** Why a topic's configs could not be described. */
export function settingsProblem(
  { resourceName, errorCode, errorMessage }: DescribedConfigs,
  identity: Identity,
): Problem {
  return kafkaProblem(errorCode, errorMessage, {
    title: "Settings of some topics could not be read",
    facts: [["topic", resourceName]],
    needs: { operation: "DescribeConfigs", resource: { topic: resourceName } },
    identity,
  });
}

/** Picks them out of a topic's configs. */
export function settingsOf(described: DescribedConfigs): TopicSettings {
  const text = (name: string) => textOf(described, name);
  const number = (name: string) => numberOf(described, name);
  const policies = text("cleanup.policy")?.split(",");
  return {
    cleanupPolicy: policies?.filter((policy) => policy === "delete" || policy === "compact") ?? null,
    retentionMs: number("retention.ms"),
    retentionBytes: number("retention.bytes"),
    minInsyncReplicas: number("min.insync.replicas"),
    isTiered: text("remote.storage.enable") === "true",
  };
}

/** A config's value as a number; null where there is none, or none of that name. */
export function numberOf(described: DescribedConfigs, name: string): number | null {
  const value = textOf(described, name);
  return value !== undefined && /^-?\d+$/.test(value) ? Number(value) : null;
}

function textOf({ configs }: DescribedConfigs, name: string): string | undefined {
  return configs.find((config) => config.name === name)?.value ?? undefined;
}
