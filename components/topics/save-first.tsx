"use client";
import { useRouter } from "next/navigation";
import { useAskForChange } from "@/components/changes/change-context";
import { useCluster } from "@/components/live/live-provider";
import { savingOf } from "@/components/topics/saving-of";
import { jobsPath } from "@/lib/url";

type Props = {
  topic: string;
  /** Runs before the other question is asked, for a dialog that must make way for it. */
  onLeave?: () => void;
};

/** Offers to keep a topic's messages before they go for good. */
export function SaveFirst({ topic, onLeave }: Props) {
  const cluster = useCluster();
  const router = useRouter();
  const ask = useAskForChange();
  return (
    <p className="text-xs text-ink-muted">
      <button
        type="button"
        className="rounded-sm text-accent underline underline-offset-2"
        onClick={() => {
          onLeave?.();
          ask(savingOf(topic, (job) => router.push(jobsPath(cluster, job))));
        }}
      >
        Save its messages to a file first
      </button>
      : a job reads them. Come back when it is done.
    </p>
  );
}
