import { ListGroups } from "../../wire/apis/list-groups.ts";
import { NONE } from "../../wire/errors.ts";
import { ClientError } from "../client-error.ts";
import type { ClusterClient } from "../cluster-client.ts";

/** A group as its coordinator lists it. */
export type ListedGroup = {
  readonly groupId: string;
  /** The broker that answered for it. */
  readonly coordinator: number;
  /** "" before Kafka 2.6. */
  readonly state: string;
  /** `classic`, `consumer`, `share`, `streams`; "classic" before Kafka 3.8. */
  readonly type: string;
};

/** What one broker did not answer. */
export type BrokerFailure = { readonly broker: number; readonly failure: ClientError | number };

/** Groups of all brokers. A broker that fails does not spoil the others' answers. Rejects with a ClientError when no metadata can be had. */
export async function listGroups(
  client: ClusterClient,
): Promise<{ readonly groups: readonly ListedGroup[]; readonly failures: readonly BrokerFailure[] }> {
  if (client.metadata.brokers.size === 0) await client.refresh([]);
  const groups: ListedGroup[] = [];
  const failures: BrokerFailure[] = [];
  await Promise.all(
    [...client.metadata.brokers.keys()].map(async (broker) => {
      try {
        const answer = await client.send(ListGroups, {}, { to: { node: broker } });
        if (answer.errorCode !== NONE) failures.push({ broker, failure: answer.errorCode });
        for (const { groupId, groupState, groupType } of answer.groups)
          groups.push({
            groupId,
            coordinator: broker,
            state: groupState,
            type: (groupType || "classic").toLowerCase(),
          });
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        failures.push({ broker, failure: error });
      }
    }),
  );
  return { groups, failures };
}
