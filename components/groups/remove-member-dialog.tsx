"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ChangeDialog } from "@/components/changes/change-dialog";
import type { GroupActions } from "@/components/groups/group-dialogs";
import { useCluster } from "@/components/live/live-provider";
import { confirmToast } from "@/components/ui/confirm-toast";
import { callAction } from "@/lib/call-action";
import { memberRemoval } from "@/lib/queries/group-plans";
import { groupKeys } from "@/lib/queries/groups";

type Props = {
  group: string;
  member: { readonly memberId: string; readonly instanceId: string | null; readonly clientId: string };
  removeMember: GroupActions["removeMember"];
  onClose: () => void;
};

/** Says what a member leaves behind before it is taken out of its group. */
export function RemoveMemberDialog({ group, member, removeMember, onClose }: Props) {
  const cluster = useCluster();
  const client = useQueryClient();
  const { memberId, instanceId, clientId } = member;
  const plan = useQuery(memberRemoval(cluster, group, { memberId, instanceId }));
  const mutation = useMutation({
    mutationFn: (fingerprint: string) =>
      callAction(removeMember, { cluster, group, memberId, instanceId, fingerprint }),
    onSuccess: async () => {
      onClose();
      confirmToast(`Removed ${clientId} from ${group}`);
      await client.invalidateQueries({ queryKey: groupKeys(cluster) });
    },
  });
  return (
    <ChangeDialog
      title={
        <>
          Remove <span className="font-mono">{clientId}</span> from the group?
        </>
      }
      description={<span className="font-mono wrap-anywhere">{instanceId ?? memberId}</span>}
      plan={plan}
      mutation={mutation}
      confirm="Remove member"
      pending="Removing…"
      isDanger
      onClose={onClose}
    />
  );
}
