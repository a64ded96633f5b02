import { DeleteGroups } from "../../wire/apis/delete-groups.ts";
import { ListGroups } from "../../wire/apis/list-groups.ts";
import { NONE } from "../../wire/errors.ts";
import { ClientError } from "../client-error.ts";
import type { ClusterClient } from "../cluster-client.ts";
import type { ChangeAnswer } from "./topics.ts";

/** A group as its coordinator lists it. `type` is "" where the broker is older than KIP-848. */
export type ListedGroup = {
  readonly groupId: string;
  /** The broker that coordinates it. */
  readonly coordinator: number;
  /** `consumer`, `connect`, `sr`; "" for a group that only holds offsets. */
  readonly protocolType: string;
  readonly state: string;
  readonly type: string;
};

/** Groups of all brokers, and the brokers that gave none: an error code of theirs, or why they did not answer. */
export type ListedGroups = {
  readonly groups: readonly ListedGroup[];
  readonly failures: readonly {
    readonly broker: number;
    readonly errorCode: number;
    readonly error: ClientError | undefined;
  }[];
};

/** Lists the groups of every broker. A broker that fails does not spoil the others' answers. */
export async function listGroups(client: ClusterClient): Promise<ListedGroups> {
  await client.refresh([]);
  const answers = await Promise.all([...client.metadata.brokers.keys()].map((broker) => groupsOf(client, broker)));
  return {
    groups: answers.flatMap(({ groups }) => groups),
    failures: answers.flatMap(({ broker, errorCode, error }) =>
      errorCode === NONE && !error ? [] : [{ broker, errorCode, error }],
    ),
  };
}

/** Deletes empty groups with their offsets, each at its coordinator. An answer a group. */
export async function deleteGroups(client: ClusterClient, groupIds: readonly string[]): Promise<ChangeAnswer[]> {
  return Promise.all(
    groupIds.map(async (groupId) => {
      const response = await client.ask(
        DeleteGroups,
        { groupsNames: [groupId] },
        {
          to: { coordinator: "group", key: groupId },
          errorCodes: ({ results }) => results.map(({ errorCode }) => errorCode),
        },
      );
      return { name: groupId, errorCode: response.results[0]?.errorCode ?? NONE, message: null };
    }),
  );
}

async function groupsOf(client: ClusterClient, broker: number) {
  try {
    const response = await client.send(ListGroups, {}, { to: { node: broker } });
    const groups = response.groups.map(({ groupId, protocolType, groupState, groupType }) => ({
      groupId,
      coordinator: broker,
      protocolType,
      state: groupState,
      type: groupType,
    }));
    return { broker, groups, errorCode: response.errorCode, error: undefined };
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    return { broker, groups: [], errorCode: NONE, error };
  }
}
