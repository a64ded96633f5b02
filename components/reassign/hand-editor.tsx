"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { type Column, DataGrid } from "@/components/ui/data-grid";
import { parseReassignmentJson, reassignmentJson } from "@/lib/cli/reassignment";
import type { Assignment } from "@/lib/contracts/reassignment";

type Row = Assignment & { readonly wanted: string | undefined; readonly onWrite: (text: string) => void };

const keyOf = ({ topic, partition }: Pick<Assignment, "topic" | "partition">) => `${topic}-${partition}`;

const columns: readonly Column<Row>[] = [
  {
    id: "partition",
    label: "Partition",
    width: "minmax(140px,1fr)",
    cell: ({ topic, partition }) => (
      <span className="font-mono">
        {topic}
        <span className="text-ink-faint">-{partition}</span>
      </span>
    ),
  },
  {
    id: "now",
    label: "Replicas now",
    width: "110px",
    cell: ({ replicas }) => <span className="font-mono text-ink-muted">{replicas.join(", ")}</span>,
  },
  {
    id: "wanted",
    label: "Wanted, the preferred leader first",
    width: "minmax(150px,220px)",
    cell: (row) => <Wanted row={row} />,
  },
];

function Wanted({ row }: { row: Row }) {
  const isWrong = row.wanted !== undefined && replicasOf(row.wanted) === undefined;
  return (
    <input
      aria-label={`Replicas of ${keyOf(row)}`}
      aria-invalid={isWrong || undefined}
      value={row.wanted ?? row.replicas.join(", ")}
      onChange={(event) => row.onWrite(event.target.value)}
      spellCheck={false}
      autoComplete="off"
      className={`h-6 w-full rounded-md border border-line-strong bg-field px-2 font-mono text-xs ${row.wanted === undefined ? "text-ink-muted" : "text-accent"}`}
    />
  );
}

/** "1, 2, 3" → [1, 2, 3]; undefined for anything else. */
function replicasOf(text: string): number[] | undefined {
  return /^\s*\d{1,9}(\s*,\s*\d{1,9})*\s*$/.test(text) ? text.split(",").map(Number) : undefined;
}

type Props = {
  current: readonly Assignment[];
  /** What was planned last. */
  planned: readonly Assignment[];
  onPlan: (assignments: readonly Assignment[]) => void;
  /** A file was read that names log directories, which a plan leaves to the brokers. */
  onDirectories: (hasDirectories: boolean) => void;
};

/** Replicas as one wants them, partition by partition, or from a file of kafka-reassign-partitions.sh. */
export function HandEditor({ current, planned, onPlan, onDirectories }: Props) {
  const [written, setWritten] = useState<Readonly<Record<string, string>>>(() => textsOf(planned));
  const [json, setJson] = useState<string>();
  const [fault, setFault] = useState<string>();
  const rows = current.map((assignment): Row => {
    const key = keyOf(assignment);
    return {
      ...assignment,
      wanted: written[key],
      onWrite: (text) => setWritten((before) => ({ ...before, [key]: text })),
    };
  });
  const wanted = rows.flatMap(({ topic, partition, wanted: text }) => {
    const replicas = text === undefined ? undefined : replicasOf(text);
    return replicas ? [{ topic, partition, replicas }] : [];
  });
  const wrong = Object.values(written).filter((text) => replicasOf(text) === undefined).length;
  const readJson = () => {
    const read = parseReassignmentJson(json ?? "");
    setFault(read.ok ? undefined : read.fault);
    if (!read.ok) return;
    setWritten(textsOf(read.assignments));
    setJson(undefined);
    onDirectories(read.hasDirectories);
    onPlan(read.assignments);
  };
  return (
    <section aria-label="By hand" className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 items-center gap-2 px-6 py-2">
        <Button
          variant="primary"
          disabled={wanted.length === 0 || wrong > 0}
          onClick={() => {
            onDirectories(false);
            onPlan(wanted);
          }}
        >
          Plan {wanted.length === 0 ? "" : wanted.length} {wanted.length === 1 ? "change" : "changes"}
        </Button>
        <Button
          onClick={() =>
            setJson(
              json === undefined ? reassignmentJson(wanted.length > 0 ? wanted : current.slice(0, 100), 2) : undefined,
            )
          }
        >
          {json === undefined ? "As JSON…" : "As a table"}
        </Button>
        {wrong > 0 && <span className="text-xs text-bad">{wrong} are no list of brokers.</span>}
        <span className="text-xs text-ink-muted">
          {json === undefined ? "Broker ids with commas." : "The form of kafka-reassign-partitions.sh."}
        </span>
      </div>
      {json === undefined ? (
        <DataGrid label="Replicas by hand" columns={columns} rows={rows} rowKey={keyOf} dense />
      ) : (
        <div className="flex min-h-0 flex-1 flex-col gap-2 border-t px-6 py-3">
          <textarea
            aria-label="Assignments as JSON"
            value={json}
            onChange={(event) => setJson(event.target.value)}
            spellCheck={false}
            className="min-h-40 flex-1 resize-none rounded-md bg-field p-3 font-mono text-xs shadow-button"
          />
          {fault !== undefined && (
            <p role="alert" className="text-xs text-bad">
              {fault}
            </p>
          )}
          <div>
            <Button variant="primary" onClick={readJson}>
              Plan from JSON
            </Button>
          </div>
        </div>
      )}
    </section>
  );
}

function textsOf(assignments: readonly Assignment[]): Readonly<Record<string, string>> {
  return Object.fromEntries(assignments.map((one) => [keyOf(one), one.replicas.join(", ")]));
}
