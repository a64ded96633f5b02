import type { ResponseOf } from "../../wire/api.ts";
import { DescribeConfigs } from "../../wire/apis/describe-configs.ts";
import { IncrementalAlterConfigs } from "../../wire/apis/incremental-alter-configs.ts";
import type { ClusterClient, Route } from "../cluster-client.ts";
import type { ChangeAnswer } from "./topics.ts";

/** Kafka's numbers of the things that have configs (ConfigResource.Type). */
const RESOURCE_TYPES = { topic: 2, broker: 4, "broker-logger": 8, "client-metrics": 16, group: 32 } as const;

/** A thing that has configs. The broker "" is the default for all brokers. */
export type ConfigResource = { readonly type: keyof typeof RESOURCE_TYPES; readonly name: string };

/** Configs of one resource: entries with value, source, synonyms, type and documentation as the broker knows them. */
export type DescribedConfigs = ResponseOf<typeof DescribeConfigs>["results"][number];

/** One change: set a value, delete it (back to the default), append to or subtract from a list (KIP-339). */
export type ConfigChange = {
  readonly name: string;
  readonly operation: "set" | "delete" | "append" | "subtract";
  readonly value?: string;
};

const OPERATIONS = { set: 0, delete: 1, append: 2, subtract: 3 } as const;

/** How much of the configs is wanted. */
export type DescribeConfigsOptions = {
  /** Only these; all without it. */
  readonly names?: readonly string[];
  /** Synonyms and documentation too; they are most of the bytes. */
  readonly details?: boolean;
};

/** Resources of one request; a broker describes some hundred topics in a few milliseconds. */
const RESOURCES_PER_REQUEST = 500;

/** Asks for configs of resources: topics at any broker, a broker's own at itself. Rejects with a ClientError. */
export async function describeConfigs(
  client: ClusterClient,
  resources: readonly ConfigResource[],
  { names, details = true }: DescribeConfigsOptions = {},
): Promise<readonly DescribedConfigs[]> {
  const groups = new Map<string, RoutedResources>();
  for (const resource of resources) {
    const to = routeOf(resource);
    const key = JSON.stringify(to);
    const group = groups.get(key) ?? { to, resources: [] };
    group.resources.push(resource);
    groups.set(key, group);
  }
  const answers = await Promise.all(
    [...groups.values()].flatMap(inRequests).map(async (group) => {
      const request = {
        resources: group.resources.map(({ type, name }) => ({
          resourceType: RESOURCE_TYPES[type],
          resourceName: name,
          configurationKeys: names ?? null,
        })),
        includeSynonyms: details,
        includeDocumentation: details,
      };
      return (await client.send(DescribeConfigs, request, { to: group.to })).results;
    }),
  );
  return answers.flat();
}

/** Changes of one resource's configs. */
export type ResourceChanges = { readonly resource: ConfigResource; readonly changes: readonly ConfigChange[] };

/**
 * Changes configs of resources of one kind, or with `validateOnly` only checks that it could. All changes of a resource are made, or none; one
 * that is refused does not hold up the others. An answer a resource, in their order.
 */
export async function alterConfigs(
  client: ClusterClient,
  altered: readonly ResourceChanges[],
  { validateOnly = false }: { readonly validateOnly?: boolean } = {},
): Promise<ChangeAnswer[]> {
  const answers: ChangeAnswer[] = [];
  for (const [to, group] of byDestination(altered)) {
    const request = {
      resources: group.map(({ resource, changes }) => ({
        resourceType: RESOURCE_TYPES[resource.type],
        resourceName: resource.name,
        configs: changes.map(({ name, operation, value }) => ({
          name,
          configOperation: OPERATIONS[operation],
          value: value ?? null,
        })),
      })),
      validateOnly,
    };
    const { responses } = await client.send(IncrementalAlterConfigs, request, { to });
    for (const { resource } of group) {
      const found = responses.find(
        ({ resourceName, resourceType }) =>
          resourceName === resource.name && resourceType === RESOURCE_TYPES[resource.type],
      );
      answers.push({ name: resource.name, errorCode: found?.errorCode ?? -1, message: found?.errorMessage ?? null });
    }
  }
  return answers;
}

/** The controller changes all but a broker's own configs, which that broker must be asked for. */
function byDestination(altered: readonly ResourceChanges[]): Map<Route, ResourceChanges[]> {
  const groups = new Map<string, { readonly to: Route; readonly own: ResourceChanges[] }>();
  for (const one of altered) {
    const { type } = one.resource;
    const to = type === "broker" || type === "broker-logger" ? routeOf(one.resource) : "controller";
    const key = JSON.stringify(to);
    const group = groups.get(key) ?? { to, own: [] };
    group.own.push(one);
    groups.set(key, group);
  }
  return new Map([...groups.values()].map(({ to, own }) => [to, own]));
}

type RoutedResources = { readonly to: Route; readonly resources: ConfigResource[] };

function inRequests({ to, resources }: RoutedResources): RoutedResources[] {
  const requests: RoutedResources[] = [];
  for (let from = 0; from < resources.length; from += RESOURCES_PER_REQUEST)
    requests.push({ to, resources: resources.slice(from, from + RESOURCES_PER_REQUEST) });
  return requests;
}

function routeOf({ type, name }: ConfigResource): Route {
  return (type === "broker" || type === "broker-logger") && name !== "" ? { node: Number(name) } : "any";
}
