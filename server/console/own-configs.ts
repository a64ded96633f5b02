import { type Result, fail, succeed } from "../../lib/result.ts";
import { describeConfigs } from "../client/admin/configs.ts";
import type { Cluster } from "./cluster.ts";
import { configEntryOf, configSourceOf } from "./config-entry.ts";
import { kafkaProblem } from "./to-problem.ts";

/** What is set on a topic itself, by name, as CreateTopics takes it. */
export async function ownConfigs(
  { client, identity }: Cluster,
  name: string,
  title: string,
): Promise<Result<Readonly<Record<string, string>>>> {
  const [described] = await describeConfigs(client, [{ type: "topic", name }]);
  if (described?.errorCode !== 0) {
    const needs = { operation: "DescribeConfigs", resource: { topic: name } };
    return fail(kafkaProblem(described?.errorCode ?? -1, described?.errorMessage ?? null, { title, needs, identity }));
  }
  const own = described.configs
    .map((config) => configEntryOf(config, ["topic"]))
    .filter(({ source }) => source === "topic");
  return succeed(Object.fromEntries(own.map((entry) => [entry.name, entry.value ?? ""])));
}

/** The same of many topics, of those that may be described: what cannot be read is not there. */
export async function ownConfigsOf(
  { client }: Cluster,
  names: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const resources = names.map((name) => ({ type: "topic" as const, name }));
  const described = await describeConfigs(client, resources, { details: false });
  return new Map(
    described
      .filter(({ errorCode }) => errorCode === 0)
      .map(({ resourceName, configs }) => [
        resourceName,
        Object.fromEntries(
          configs
            .filter(({ configSource }) => configSourceOf(configSource) === "topic")
            .map(({ name, value }) => [name, value ?? ""]),
        ),
      ]),
  );
}
