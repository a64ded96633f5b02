"use client";
import type { UseMutationResult, UseQueryResult } from "@tanstack/react-query";
import { Braces, Terminal } from "lucide-react";
import { type ReactNode, type RefObject, useState } from "react";
import { FactDiff } from "@/components/changes/fact-diff";
import { ImpactList } from "@/components/changes/impact-list";
import { ProblemNote } from "@/components/feedback/problem-note";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Tooltip } from "@/components/ui/tooltip";
import type { ChangePlan } from "@/lib/contracts/changes";
import { problemOf } from "@/lib/problem";

type Props = {
  /** The question: "Stop broker 2?" */
  title: ReactNode;
  description?: ReactNode;
  /** The plan, read when the dialog opens and never from a cache. */
  plan: UseQueryResult<ChangePlan>;
  /** Makes the change as the plan with this fingerprint said. The dialog closes when whoever opened it says so. */
  mutation: UseMutationResult<unknown, Error, string>;
  confirm: string;
  /** While it is made: "Stopping…" */
  pending: string;
  isDanger?: boolean;
  /** Before and after are more than a word: show them. */
  hasDiff?: boolean;
  /** What must be typed as consent where the plan says that something is lost. */
  typed?: string;
  /** What can still be done before, offered where the plan says that something is lost. */
  rescue?: ReactNode;
  /** Fields that the plan is made of; it stands below them. */
  form?: ReactNode;
  /** The form was changed a moment ago: the plan is still of what it said before, and must not be made. */
  isUnsettled?: boolean;
  /** The field that gets the focus. */
  focus?: RefObject<HTMLElement | null>;
  className?: string;
  onClose: () => void;
};

/** Says what a change would do before it is done; stays open, with the reason, when it is refused. A plan that no longer holds is made anew. */
export function ChangeDialog({
  title,
  description,
  plan,
  mutation,
  confirm,
  pending,
  isDanger = false,
  hasDiff = false,
  typed,
  rescue,
  form,
  isUnsettled = false,
  focus,
  className,
  onClose,
}: Props) {
  const [consent, setConsent] = useState("");
  const { data } = plan;
  const isLossy = data?.impact.some(({ severity }) => severity === "critical") === true;
  const mustType = typed !== undefined && isLossy;
  const refused = mutation.error && problemOf(mutation.error);
  const isStale = refused?.code === "changed-meanwhile";
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={title}
        description={description}
        {...(focus ? { focus } : {})}
        {...(className ? { className } : {})}
      >
        <div className="min-h-0 space-y-4 overflow-auto px-5 pt-0.5 pb-4">
          {form}
          {data && (
            <>
              <ImpactList plan={data} />
              {hasDiff && <FactDiff before={data.before} after={data.after} />}
              {mustType && <Consent typed={typed} value={consent} onChange={setConsent} />}
              {isLossy && rescue}
            </>
          )}
          {plan.error ? (
            <ProblemNote problem={problemOf(plan.error)} />
          ) : (
            data === undefined && plan.fetchStatus !== "idle" && <Placeholder />
          )}
          {refused && <ProblemNote problem={refused} />}
        </div>
        <DialogFooter>
          {data?.cli && (
            <CopyButton text={data.cli} label="Copy as CLI command" icon={<Terminal />} className="-ml-2">
              Copy as CLI
            </CopyButton>
          )}
          {data?.code && (
            <Tooltip label="Copy as a program">
              <CopyButton text={data.code} label="Copy as a program" icon={<Braces />} />
            </Tooltip>
          )}
          <span className="flex-1" />
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          {isStale || plan.error ? (
            <Button
              variant="primary"
              disabled={plan.isFetching}
              onClick={() => {
                mutation.reset();
                void plan.refetch();
              }}
            >
              Look again
            </Button>
          ) : (
            <Button
              variant={isDanger ? "danger" : "primary"}
              disabled={data === undefined || isUnsettled || mutation.isPending || (mustType && consent !== typed)}
              onClick={() => data && mutation.mutate(data.fingerprint)}
            >
              {mutation.isPending ? pending : confirm}
            </Button>
          )}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

type ConsentProps = { typed: string; value: string; onChange: (value: string) => void };

/** The name typed out is the consent to what cannot be had back. */
function Consent({ typed, value, onChange }: ConsentProps) {
  return (
    <Field
      label={
        <>
          Type <b className="font-mono font-medium text-ink">{typed}</b> to confirm
        </>
      }
    >
      {(control) => (
        <Input
          {...control}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className="h-8"
          inputClassName="font-mono text-mono"
        />
      )}
    </Field>
  );
}

function Placeholder() {
  return (
    <div
      role="status"
      aria-label="Finding out what it would do"
      className="divide-y rounded-lg bg-tray shadow-hairline"
    >
      {["w-2/3", "w-1/2"].map((width) => (
        <div key={width} className="after-a-moment px-3 py-3">
          <div className={`h-3 skeleton ${width}`} />
        </div>
      ))}
    </div>
  );
}
