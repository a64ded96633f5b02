import { DeleteGroups } from "../../wire/apis/delete-groups.ts";
import type { ClusterClient } from "../cluster-client.ts";

/** Deletes a group without members at its coordinator: its offsets go with it. The error code that came back; NON_EMPTY_GROUP while members are active, GROUP_ID_NOT_FOUND without one. */
export async function deleteGroup(client: ClusterClient, groupId: string): Promise<number> {
  const response = await client.ask(
    DeleteGroups,
    { groupsNames: [groupId] },
    {
      to: { coordinator: "group", key: groupId },
      errorCodes: ({ results }) => results.map(({ errorCode }) => errorCode),
    },
  );
  return response.results[0]?.errorCode ?? 0;
}
