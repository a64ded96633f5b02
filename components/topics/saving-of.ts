import type { WantedChange } from "@/components/changes/change-context";

/** Saving a topic's messages to a file, as a dialog asks for it; the job that does it is where the file is had. */
export function savingOf(topic: string, onJob: (job: number) => void): WantedChange {
  return {
    kind: "save-topic",
    input: { topic },
    title: `Save the messages of ${topic}?`,
    description: "Nothing is changed in the cluster.",
    confirm: "Save messages",
    pending: "Starting…",
    onMade: ({ jobId }) => jobId !== null && onJob(jobId),
  };
}
