"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { createContext, type ReactNode, useContext, useState } from "react";
import type { ControlJob } from "@/components/jobs/use-control-job";
import { useCluster } from "@/components/live/live-provider";
import { useShortcut } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { StatusMark } from "@/components/ui/status";
import type { LoadSampleDataInput, SampleData } from "@/lib/contracts/overview";
import { jobDetail } from "@/lib/queries/jobs";
import type { Result } from "@/lib/result";
import { jobsPath } from "@/lib/url";

const LoadDialog = dynamic(
  () => import("@/components/overview/load-sample-data-dialog").then((module) => module.LoadSampleDataDialog),
  { ssr: false },
);
const RemoveDialog = dynamic(
  () => import("@/components/overview/remove-sample-data-dialog").then((module) => module.RemoveSampleDataDialog),
  { ssr: false },
);

/** The server actions that the overview needs; its page passes them in. */
export type SampleDataActions = {
  readonly loadSampleData: (input: LoadSampleDataInput) => Promise<Result<{ readonly jobId: number }>>;
  readonly controlJob: ControlJob;
};

type Asking = { readonly load: () => void; readonly remove: () => void };

const AskingContext = createContext<Asking>({ load: () => {}, remove: () => {} });

/** Asks whether sample data is to be loaded; the dialog does the rest. */
export function useLoadSampleData(): () => void {
  return useContext(AskingContext).load;
}

type Props = { actions: SampleDataActions; sampleData: SampleData | undefined; children: ReactNode };

/** Holds the dialogs about sample data. */
export function SampleDataProvider({ actions, sampleData, children }: Props) {
  const [open, setOpen] = useState<"load" | "remove">();
  const [asking] = useState<Asking>(() => ({ load: () => setOpen("load"), remove: () => setOpen("remove") }));
  const jobId = sampleData?.jobId ?? null;
  useShortcut(
    { keys: "shift+s", label: "Load sample data…", group: "This page", command: true },
    asking.load,
    sampleData?.state === "absent",
  );
  const close = () => setOpen(undefined);
  return (
    <AskingContext value={asking}>
      {children}
      {open === "load" && <LoadDialog loadSampleData={actions.loadSampleData} onClose={close} />}
      {open === "remove" && jobId !== null && (
        <RemoveDialog job={jobId} controlJob={actions.controlJob} onClose={close} />
      )}
    </AskingContext>
  );
}

/** Says that some of what is seen is sample data, and takes it away. */
export function SampleDataLine({ sampleData }: { sampleData: SampleData }) {
  const { remove } = useContext(AskingContext);
  const cluster = useCluster();
  const isRunning = sampleData.state === "running";
  const job = useQuery({ ...jobDetail(cluster, sampleData.jobId ?? 0), enabled: sampleData.state === "stopped" }).data;
  if (sampleData.state === "absent") return null;
  const hasFailed = !isRunning && job?.state === "failed";
  return (
    <section aria-label="Sample data" className="flex shrink-0 items-center gap-2.5 border-b px-6 py-1.5">
      <StatusMark
        kind={isRunning ? "ok" : hasFailed ? "warn" : "paused"}
        {...(isRunning ? { className: "opacity-45" } : {})}
      />
      <p className="min-w-0 flex-1 wrap-anywhere text-ink-muted">
        <span className="font-medium text-ink">Sample data</span>{" "}
        {isRunning ? (
          "is being written and read. It is gone with one click."
        ) : (
          <>
            is not being written now{job?.problem ? `: ${job.problem.detail}` : "."}{" "}
            <Link
              href={jobsPath(cluster, sampleData.jobId ?? undefined)}
              className="rounded-sm text-accent hover:underline"
            >
              Its job
            </Link>
          </>
        )}
      </p>
      <Button size="sm" onClick={remove}>
        Remove sample data…
      </Button>
    </section>
  );
}
