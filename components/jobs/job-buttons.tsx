"use client";
import { Pause, Play, RotateCcw, Square, X } from "lucide-react";
import { shownControls } from "@/components/jobs/job-words";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import type { JobControl, JobSummary } from "@/lib/contracts/jobs";

const looks = {
  pause: { label: "Pause", Icon: Pause },
  resume: { label: "Go on", Icon: Play },
  cancel: { label: "Stop…", Icon: Square },
  retry: { label: "Try again from where it stopped", Icon: RotateCcw },
  forget: { label: "Remove from the list", Icon: X },
} as const;

type Props = { job: JobSummary; isBusy: boolean; onControl: (control: JobControl) => void };

/** What can be done to a job now. */
export function JobButtons({ job, isBusy, onControl }: Props) {
  return (
    <span className="-mr-1 flex justify-end gap-0.5">
      {shownControls(job).map((control) => {
        const { label, Icon } = looks[control];
        return (
          <Tooltip key={control} label={label}>
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label={`${label.replace("…", "")}: ${job.title}`}
              disabled={isBusy}
              onClick={(event) => {
                // The row opens the job.
                event.stopPropagation();
                onControl(control);
              }}
            >
              <Icon />
            </Button>
          </Tooltip>
        );
      })}
    </span>
  );
}
