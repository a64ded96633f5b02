"use client";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronUp, Link2, X } from "lucide-react";
import Link from "next/link";
import { FactDiff } from "@/components/changes/fact-diff";
import { ProblemNote } from "@/components/feedback/problem-note";
import { ProblemView } from "@/components/feedback/problem-view";
import { RevertBar, type RevertChange } from "@/components/journal/revert-bar";
import { outcomeText, titleParts } from "@/components/journal/journal-words";
import { jobStateLook } from "@/components/jobs/job-words";
import { useCluster } from "@/components/live/live-provider";
import { useKeyLabels } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { CommandBlock } from "@/components/ui/command-block";
import { CopyButton } from "@/components/ui/copy-button";
import { FactRow } from "@/components/ui/fact-row";
import { Tooltip } from "@/components/ui/tooltip";
import { useZone } from "@/components/ui/use-zone";
import type { JournalEntry } from "@/lib/contracts/journal";
import { formatDuration } from "@/lib/format";
import { formatInstant } from "@/lib/instant";
import { problemOf } from "@/lib/problem";
import { jobDetail } from "@/lib/queries/jobs";
import { journalEntry } from "@/lib/queries/journal";
import { jobsPath, journalPath } from "@/lib/url";

/** Steps through the list beside the open entry. */
export type EntryMoves = {
  readonly previous: (() => void) | undefined;
  readonly next: (() => void) | undefined;
  readonly close: () => void;
};

type Props = { id: number; moves: EntryMoves; revertChange: RevertChange };

/** One change whole: who, when, from what to what, the same as a command, and the way back. */
export function EntryDetail({ id, moves, revertChange }: Props) {
  const query = useQuery(journalEntry(useCluster(), id));
  const entry = query.data;
  return (
    <aside
      aria-label="Change"
      className="absolute inset-y-0 right-0 z-10 flex w-full max-w-107 shrink-0 flex-col border-l bg-sunken shadow-pop @3xl:static @3xl:w-92 @3xl:shadow-none @5xl:w-107"
    >
      <Head id={id} entry={entry} moves={moves} />
      {entry ? (
        <>
          <div className="min-h-0 flex-1 scroll-thin overflow-auto">
            <Facts entry={entry} />
            <Parts entry={entry} />
          </div>
          <RevertBar entry={entry} revertChange={revertChange} />
        </>
      ) : query.error ? (
        <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <div role="status" aria-label="Loading" className="after-a-moment space-y-2.5 px-4 py-4">
          <div className="h-3 w-2/3 skeleton" />
          <div className="h-3 w-1/2 skeleton" />
          <div className="h-3 w-3/5 skeleton" />
        </div>
      )}
    </aside>
  );
}

function Head({ id, entry, moves }: { id: number; entry: JournalEntry | undefined; moves: EntryMoves }) {
  const cluster = useCluster();
  const keyLabels = useKeyLabels();
  const [verb, name] = entry ? titleParts(entry) : [`Entry ${id}`, ""];
  return (
    <div className="flex h-11 shrink-0 items-center gap-1 border-b pr-2 pl-4">
      <h2 className="min-w-0 flex-1 truncate font-medium">
        {verb} {name !== "" && <span className="ml-0.5 font-mono text-xs">{name}</span>}
      </h2>
      <Tooltip label="Copy a link to this change">
        <CopyButton
          text={() => `${location.origin}${journalPath(cluster, id)}`}
          label="Copy a link to this change"
          icon={<Link2 />}
        />
      </Tooltip>
      <span className="mx-1 h-4 w-px bg-line" />
      <Tooltip label="Newer" keys={keyLabels("k")}>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Newer change"
          disabled={moves.previous === undefined}
          onClick={moves.previous}
        >
          <ChevronUp />
        </Button>
      </Tooltip>
      <Tooltip label="Older" keys={keyLabels("j")}>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Older change"
          disabled={moves.next === undefined}
          onClick={moves.next}
        >
          <ChevronDown />
        </Button>
      </Tooltip>
      <Tooltip label="Close" keys={keyLabels("Escape")}>
        <Button variant="ghost" size="icon-sm" aria-label="Close the change" onClick={moves.close}>
          <X />
        </Button>
      </Tooltip>
    </div>
  );
}

function EntryLink({ id }: { id: number }) {
  return (
    <Link href={journalPath(useCluster(), id)} className="rounded-sm text-accent hover:underline">
      entry {id}
    </Link>
  );
}

/** The job that does the change, and what became of it: the entry itself was written when it began. */
function JobLink({ id }: { id: number }) {
  const cluster = useCluster();
  const job = useQuery(jobDetail(cluster, id));
  return (
    <>
      <Link href={jobsPath(cluster, id)} className="rounded-sm text-accent hover:underline">
        job {id}
      </Link>
      {job.data && <span className="text-ink-muted"> · {jobStateLook(job.data.state).text}</span>}
    </>
  );
}

function Facts({ entry }: { entry: JournalEntry }) {
  const [zone] = useZone();
  return (
    <dl className="py-2">
      <FactRow label="Entry">
        {entry.id} <span className="text-ink-muted">· answered in {formatDuration(entry.durationMs)}</span>
      </FactRow>
      <FactRow label="Actor">{entry.actor}</FactRow>
      <FactRow label={zone === "utc" ? "Time (UTC)" : "Time"}>{formatInstant(entry.atMs, zone)}</FactRow>
      <FactRow label="Outcome">
        {outcomeText(entry)}
        {entry.revertedBy !== null && (
          <>
            {" by "}
            <EntryLink id={entry.revertedBy} />
          </>
        )}
      </FactRow>
      {entry.summary !== "" && entry.problem === null && <FactRow label="What">{entry.summary}</FactRow>}
      {entry.reverts !== null && (
        <FactRow label="Takes back">
          <EntryLink id={entry.reverts} />
        </FactRow>
      )}
      {entry.jobId !== null && (
        <FactRow label="Job">
          <JobLink id={entry.jobId} />
        </FactRow>
      )}
      {entry.fingerprint !== null && (
        <FactRow label="Plan">
          <span className="font-mono">{entry.fingerprint}</span>
        </FactRow>
      )}
    </dl>
  );
}

function Parts({ entry }: { entry: JournalEntry }) {
  const hasDiff = Object.keys(entry.before).length + Object.keys(entry.after).length > 0;
  return (
    <>
      {entry.problem && (
        <div className="border-t px-4 py-3">
          <ProblemNote problem={entry.problem} />
        </div>
      )}
      {hasDiff && (
        <section aria-labelledby="diff" className="border-t px-4 py-3">
          <h3 id="diff" className="mb-2 font-medium">
            Before → after
          </h3>
          <FactDiff before={entry.before} after={entry.after} />
        </section>
      )}
      {entry.cli !== null && (
        <section aria-labelledby="cli" className="border-t px-4 py-3">
          <h3 id="cli" className="mb-2 font-medium">
            As a command
          </h3>
          <CommandBlock label="Copy the command" text={entry.cli} />
          {entry.cliBack !== null && (
            <>
              <h3 className="mt-3 mb-2 font-medium">{entry.irreversible === null ? "And back" : "Anew, but empty"}</h3>
              <CommandBlock label="Copy the command back" text={entry.cliBack} />
            </>
          )}
        </section>
      )}
      {entry.code !== null && (
        <section aria-labelledby="code" className="border-t px-4 py-3">
          <h3 id="code" className="mb-2 font-medium">
            As a program
          </h3>
          <CommandBlock label="Copy the program" text={entry.code} />
        </section>
      )}
    </>
  );
}
