import * as z from "zod/mini";
import { byName } from "../../../lib/contracts/by-name.ts";
import type { ReplicaMove } from "../../../lib/contracts/reassignment.ts";
import { alterConfigs, type ConfigResource, describeConfigs } from "../../client/admin/configs.ts";
import type { ChangeAnswer } from "../../client/admin/topics.ts";
import type { ClusterClient } from "../../client/cluster-client.ts";
import { describeKafkaError } from "../../client/kafka-error.ts";
import { inParallel } from "../in-parallel.ts";

/** What is set for the two directions; null is "none". */
export const throttleSides = z.object({ leader: z.nullable(z.string()), follower: z.nullable(z.string()) });
export type ThrottleSides = z.infer<typeof throttleSides>;

/** A broker's; with the rate of moves between its log directories where that is asked for or should change. */
const brokerThrottle = z.object({ ...throttleSides.shape, directories: z.optional(z.nullable(z.string())) });

/**
 * Replication throttles (KIP-73): by broker id bytes a second, by topic the replicas that they hold for ("0:1,0:2", or "*"). Null is "none".
 */
export const throttles = z.object({
  brokers: z.record(z.string(), brokerThrottle),
  topics: byName(z.string(), throttleSides),
});
export type Throttles = z.infer<typeof throttles>;

/** Topic's and broker's configs of a throttle, by what Kafka calls them. */
export const THROTTLE_CONFIGS = {
  broker: {
    leader: "leader.replication.throttled.rate",
    follower: "follower.replication.throttled.rate",
    directories: "replica.alter.log.dirs.io.max.bytes.per.second",
  },
  topic: { leader: "leader.replication.throttled.replicas", follower: "follower.replication.throttled.replicas" },
} as const satisfies Record<string, Partial<Record<ThrottleSide, string>>>;
export type ThrottleSide = keyof z.infer<typeof brokerThrottle>;

/** DescribeConfigs' sources of what was set on the thing itself (KIP-226). */
const OWN_SOURCES: readonly number[] = [1, 2];
const AT_ONCE = 8;
/** DescribeConfigs names a broker once a request. */
const DESCRIBED_AT_ONCE = 50;

/** Reads the throttles of brokers and topics. Those that a broker does not tell are taken for none. Rates of moves between log directories only where they are asked for. Rejects with a ClientError. */
export async function readThrottles(
  client: ClusterClient,
  { brokers, topics }: { readonly brokers: readonly number[]; readonly topics: readonly string[] },
  { directories = false }: { readonly directories?: boolean } = {},
): Promise<Throttles> {
  const read = async (type: "broker" | "topic", names: readonly string[]) => {
    const configs = THROTTLE_CONFIGS[type];
    const rate = directories && "directories" in configs ? configs.directories : undefined;
    const resources = names.map((name) => ({ type, name }));
    const described = await describeConfigs(client, resources, { names: Object.values(configs), details: false });
    const valueOf = (name: string, config: string) => {
      const own = described.find(({ resourceName }) => resourceName === name);
      const entry = own?.configs.find((one) => one.name === config);
      return entry !== undefined && OWN_SOURCES.includes(entry.configSource) ? emptyToNull(entry.value) : null;
    };
    return names.map(
      (name) =>
        [
          name,
          {
            leader: valueOf(name, configs.leader),
            follower: valueOf(name, configs.follower),
            ...(rate !== undefined && { directories: valueOf(name, rate) }),
          },
        ] as const,
    );
  };
  const parts: string[][] = [];
  for (let from = 0; from < topics.length; from += DESCRIBED_AT_ONCE)
    parts.push(topics.slice(from, from + DESCRIBED_AT_ONCE));
  const [ofBrokers, ofTopics] = await Promise.all([
    inParallel(brokers.map(String), AT_ONCE, (name) => read("broker", [name])),
    inParallel(parts, AT_ONCE, (part) => read("topic", part)),
  ]);
  return { brokers: Object.fromEntries(ofBrokers.flat()), topics: Object.fromEntries(ofTopics.flat()) };
}

/** The throttle of moves, as kafka-reassign-partitions.sh sets it: leaders for every old replica, followers for each new one. */
export function throttlesFor(
  moves: readonly Pick<ReplicaMove, "topic" | "partition" | "from" | "to">[],
  { brokers, bytesPerSecond }: { readonly brokers: readonly number[]; readonly bytesPerSecond: number },
): Throttles {
  const rate = String(bytesPerSecond);
  const leaders = new Map<string, string[]>();
  const followers = new Map<string, string[]>();
  for (const { topic, partition, from, to } of moves) {
    const added = to.filter((id) => !from.includes(id));
    if (added.length === 0) continue;
    leaders.set(topic, [...(leaders.get(topic) ?? []), ...from.map((id) => `${partition}:${id}`)]);
    followers.set(topic, [...(followers.get(topic) ?? []), ...added.map((id) => `${partition}:${id}`)]);
  }
  return {
    brokers: Object.fromEntries(brokers.map((id) => [String(id), { leader: rate, follower: rate }])),
    topics: Object.fromEntries(
      [...leaders].map(([topic, own]) => [
        topic,
        { leader: own.join(","), follower: (followers.get(topic) ?? []).join(",") },
      ]),
    ),
  };
}

/** Throttles as the configs that they are; null is "none". */
export function throttleConfigs(
  type: "broker" | "topic",
  own: Throttles["brokers"][string],
): (readonly [name: string, value: string | null])[] {
  return Object.entries(THROTTLE_CONFIGS[type]).flatMap(([side, name]) => {
    const value = own[side as ThrottleSide];
    return value === undefined ? [] : [[name, value] as const];
  });
}

/** One throttle that could not be set. */
export type ThrottleRefusal = ChangeAnswer & { readonly type: "broker" | "topic" };

/** Sets throttles, null for none; or only checks that it could. Topics that are gone need none. */
export async function writeThrottles(
  client: ClusterClient,
  { brokers, topics }: Throttles,
  options: { readonly validateOnly?: boolean } = {},
): Promise<ThrottleRefusal[]> {
  const all = [
    ...Object.entries(topics).map(([name, own]) => ({ type: "topic" as const, name, own })),
    ...Object.entries(brokers).map(([name, own]) => ({ type: "broker" as const, name, own })),
  ];
  const answers = await inParallel(all, AT_ONCE, ({ type, name, own }) => write(client, { type, name }, own, options));
  return answers.filter(
    ({ errorCode }) => errorCode !== 0 && describeKafkaError(errorCode).name !== "UNKNOWN_TOPIC_OR_PARTITION",
  );
}

async function write(
  client: ClusterClient,
  resource: ConfigResource & { readonly type: "broker" | "topic" },
  own: Throttles["brokers"][string],
  options: { readonly validateOnly?: boolean },
): Promise<ThrottleRefusal> {
  const changes = throttleConfigs(resource.type, own).map(([name, value]) =>
    value === null ? { name, operation: "delete" as const } : { name, operation: "set" as const, value },
  );
  const [answer] = await alterConfigs(client, [{ resource, changes }], options);
  return { ...resource, errorCode: answer?.errorCode ?? -1, message: answer?.message ?? null };
}

function emptyToNull(text: string | null): string | null {
  return text === "" ? null : text;
}
