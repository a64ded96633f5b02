"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ControlBroker, Wanted } from "@/components/brokers/control-broker";
import { ChangeDialog } from "@/components/changes/change-dialog";
import { useCluster } from "@/components/live/live-provider";
import { confirmToast } from "@/components/ui/confirm-toast";
import { callAction } from "@/lib/call-action";
import { brokerControlPlan, brokerKeys } from "@/lib/queries/brokers";
import { jobKeys } from "@/lib/queries/jobs";

const words = {
  stop: {
    verb: "Stop",
    pending: "Stopping…",
    description: "It hands its leaders over first, and stays away until it is started.",
  },
  start: { verb: "Start", pending: "Starting…", description: "It copies what it missed before it leads again." },
} as const;

type Props = { wanted: Wanted; controlBroker: ControlBroker; onClose: () => void };

/** Says what stopping or starting a broker moves, before a job does it. */
export function ControlBrokerDialog({ wanted: { broker, command }, controlBroker, onClose }: Props) {
  const cluster = useCluster();
  const client = useQueryClient();
  const { verb, pending, description } = words[command];
  const plan = useQuery(brokerControlPlan(cluster, broker, command));
  const mutation = useMutation({
    mutationFn: (fingerprint: string) => callAction(controlBroker, { cluster, broker, command, fingerprint }),
    onSuccess: async ({ jobId }) => {
      onClose();
      confirmToast(`${verb === "Stop" ? "Stopping" : "Starting"} broker ${broker}: job ${jobId}`);
      await client.invalidateQueries({ queryKey: jobKeys(cluster) });
      await client.invalidateQueries({ queryKey: brokerKeys(cluster) });
    },
  });
  return (
    <ChangeDialog
      title={`${verb} broker ${broker}?`}
      description={description}
      plan={plan}
      mutation={mutation}
      confirm={`${verb} broker ${broker}`}
      pending={pending}
      isDanger={command === "stop"}
      onClose={onClose}
    />
  );
}
