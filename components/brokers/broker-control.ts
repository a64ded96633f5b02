import type { WantedChange } from "@/components/changes/change-context";

/** Why brokers of another's cluster are not stopped, added or removed from here. */
export const notRunHere = "This console does not run the brokers of this cluster. Do it where they run.";

/** The question before a broker of the bundled cluster is stopped or started. */
export function controlOf(broker: number, command: "stop" | "start"): WantedChange {
  const isStop = command === "stop";
  return {
    kind: "control-broker",
    input: { broker, command },
    title: `${isStop ? "Stop" : "Start"} broker ${broker}?`,
    description: isStop
      ? "It hands its leaders over first, and stays away until it is started."
      : "It copies what it missed before it leads again.",
    confirm: `${isStop ? "Stop" : "Start"} broker ${broker}`,
    pending: isStop ? "Stopping…" : "Starting…",
    isDanger: isStop,
  };
}

/** The question before one more broker comes to the bundled cluster. */
export function addition(openJob: (job: number) => void): WantedChange {
  return {
    kind: "add-broker",
    input: {},
    title: "Add a broker?",
    description: "It stays in the cluster, also when Odradek is started again.",
    confirm: "Add broker",
    pending: "Starting…",
    onMade: ({ jobId }) => jobId !== null && openJob(jobId),
  };
}

/** The question before a broker of the bundled cluster is emptied and leaves for good. */
export function removal(broker: number, openJob: (job: number) => void): WantedChange {
  return {
    kind: "remove-broker",
    input: { broker },
    title: `Drain and remove broker ${broker}?`,
    description: "What is on it goes to the other brokers, then it leaves the cluster for good.",
    confirm: `Remove broker ${broker}`,
    pending: "Starting…",
    isDanger: true,
    onMade: ({ jobId }) => jobId !== null && openJob(jobId),
  };
}
