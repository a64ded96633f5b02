import type { BrokerConnections, ConnectedMember } from "../../lib/contracts/connections.ts";
import { problem } from "../../lib/problem.ts";
import { fail, succeed } from "../../lib/result.ts";
import { askPlatform } from "./control-client.ts";
import type { ClusterSnapshot, SampledGroup } from "./engine/sampler/snapshot.ts";
import { sampledOf } from "./sampled.ts";
import { runningPlatform } from "./supervised-brokers.ts";
import { defineUseCase } from "./use-case.ts";

/**
 * Who is connected to a broker: asked of the broker itself over the control socket where the console's own platform runs it. Kafka's protocol has
 * no such question: of other clusters it tells the members of groups that cannot but be connected.
 */
export const listConnections = defineUseCase<{ readonly cluster: string; readonly broker: number }, BrokerConnections>({
  failed: ({ broker }) => `Connections of broker ${broker} could not be listed`,
  async run(scope, { broker }, title) {
    const platform = await runningPlatform(scope);
    if (platform?.brokers.has(broker) === true) {
      const request = { command: "list-connections", broker } as const;
      const answer = await askPlatform(platform.dataDirectory, request).catch(() => undefined);
      if (answer?.ok !== true) {
        const detail = answer ? `${answer.title}. ${answer.detail}` : "The platform does not answer.";
        return fail(problem({ code: "broker-unavailable", title, detail, retryable: true }));
      }
      return succeed({ kind: "connections", connections: answer.connections ?? [], readAtMs: Date.now() });
    }
    const { snapshot, problems } = await sampledOf(scope);
    return succeed({
      kind: "members",
      members: connectedMembers(snapshot, broker),
      problems: [...problems],
      readAtMs: snapshot.groups?.readAtMs ?? snapshot.readAtMs,
    });
  },
});

/** Members that send heartbeats to the broker, or fetch from it. */
function connectedMembers({ groups, topics }: ClusterSnapshot, broker: number): ConnectedMember[] {
  const led = new Map(
    topics.map(({ name, partitions }) => [
      name ?? "",
      new Set(partitions.filter(({ leaderId }) => leaderId === broker).map(({ partitionIndex }) => partitionIndex)),
    ]),
  );
  const memberOf = ({ groupId, coordinator }: SampledGroup, member: NonNullable<SampledGroup["members"]>[number]) => ({
    host: member.host.replace(/^\//, ""),
    clientId: member.clientId,
    memberId: member.memberId,
    groupId,
    isCoordinated: coordinator === broker,
    partitions: (member.assignment ?? []).reduce(
      (sum, { topic, partitions }) => sum + partitions.filter((index) => led.get(topic)?.has(index)).length,
      0,
    ),
  });
  return [...(groups?.value.values() ?? [])]
    .flatMap((group) => (group.members ?? []).map((member) => memberOf(group, member)))
    .filter(({ isCoordinated, partitions }) => isCoordinated || partitions > 0);
}
