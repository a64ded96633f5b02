"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ChangeDialog } from "@/components/changes/change-dialog";
import type { GroupActions } from "@/components/groups/group-dialogs";
import { useCluster } from "@/components/live/live-provider";
import { confirmToast } from "@/components/ui/confirm-toast";
import { callAction } from "@/lib/call-action";
import { groupDeletion } from "@/lib/queries/group-plans";
import { groupKeys } from "@/lib/queries/groups";

type Props = { group: string; deleteGroup: GroupActions["deleteGroup"]; onClose: () => void; onDone: () => void };

/** Says what goes with a group before it is deleted. */
export function DeleteGroupDialog({ group, deleteGroup, onClose, onDone }: Props) {
  const cluster = useCluster();
  const client = useQueryClient();
  const plan = useQuery(groupDeletion(cluster, group));
  const mutation = useMutation({
    mutationFn: (fingerprint: string) => callAction(deleteGroup, { cluster, group, fingerprint }),
    onSuccess: async () => {
      onDone();
      confirmToast(`Deleted group ${group}`);
      await client.invalidateQueries({ queryKey: groupKeys(cluster) });
    },
  });
  return (
    <ChangeDialog
      title={
        <>
          Delete group <span className="font-mono">{group}</span>?
        </>
      }
      description="No message is lost. Revert in the journal puts the offsets back."
      plan={plan}
      mutation={mutation}
      confirm="Delete group"
      pending="Deleting…"
      isDanger
      onClose={onClose}
    />
  );
}
