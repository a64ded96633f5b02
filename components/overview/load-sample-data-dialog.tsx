"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ChangeDialog } from "@/components/changes/change-dialog";
import { useCluster } from "@/components/live/live-provider";
import type { SampleDataActions } from "@/components/overview/sample-data";
import { confirmToast } from "@/components/ui/confirm-toast";
import { callAction } from "@/lib/call-action";
import { jobKeys } from "@/lib/queries/jobs";
import { overview } from "@/lib/queries/overview";
import { sampleDataPlan } from "@/lib/queries/sample-data";
import { topicKeys } from "@/lib/queries/topics";

type Props = { loadSampleData: SampleDataActions["loadSampleData"]; onClose: () => void };

/** Shows what sample data is before it is made. */
export function LoadSampleDataDialog({ loadSampleData, onClose }: Props) {
  const cluster = useCluster();
  const client = useQueryClient();
  const plan = useQuery(sampleDataPlan(cluster));
  const mutation = useMutation({
    mutationFn: (fingerprint: string) => callAction(loadSampleData, { cluster, fingerprint }),
    onSuccess: async () => {
      onClose();
      confirmToast("Sample data is on its way");
      await Promise.all(
        [overview(cluster).queryKey, topicKeys(cluster), jobKeys(cluster)].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      );
    },
  });
  return (
    <ChangeDialog
      title="Load sample data?"
      description="A small shop to look around in: orders, payments, page views and customers."
      confirm="Load sample data"
      pending="Loading…"
      plan={plan}
      mutation={mutation}
      onClose={onClose}
    />
  );
}
