"use client";
import { useQuery } from "@tanstack/react-query";
import { Braces } from "lucide-react";
import { useQueryStates } from "nuqs";
import { EmptyState } from "@/components/feedback/empty-state";
import { ProblemView } from "@/components/feedback/problem-view";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { useCluster } from "@/components/live/live-provider";
import { DriftList } from "@/components/shape/drift-list";
import { ShapeBar } from "@/components/shape/shape-bar";
import { shapeColumns, type ShapeRow } from "@/components/shape/shape-columns";
import { DataGrid } from "@/components/ui/data-grid";
import { PageFooter } from "@/components/ui/page-footer";
import { useZone } from "@/components/ui/use-zone";
import { lastSpans, type MessageQuery } from "@/lib/contracts/messages";
import type { TopicShape } from "@/lib/contracts/shape";
import { formatNumberOf } from "@/lib/format";
import { formatInstant } from "@/lib/instant";
import { problemOf } from "@/lib/problem";
import { topicShape } from "@/lib/queries/shape";
import { driftOf, type FieldDrift, percentOf, typesOf } from "@/lib/shape-drift";
import { shapeState } from "@/lib/message-url";

type Sample = { readonly from: string; readonly timeMs: number | null; readonly limit: number };

function sampleOf({ from, timeMs, limit: wanted }: Sample): MessageQuery {
  const last = lastSpans.find((span) => span === from);
  const limit = Math.min(5_000, Math.max(1, wanted));
  if (last) return { from: "last", last, limit };
  if (from === "time" && timeMs !== null) return { from, timeMs, limit };
  return { from: from === "oldest" ? "oldest" : "newest", limit };
}

/** What changed from the sample that begins earlier to the other, whichever of them was chosen first. */
function driftBetween(one: TopicShape, other: TopicShape): FieldDrift[] {
  return (one.firstMs ?? 0) <= (other.firstMs ?? 0) ? driftOf(one, other) : driftOf(other, one);
}

/** Which fields the JSON values of a topic have, learnt from a sample, and how they have changed. */
export function ShapeView({ topic }: { topic: string }) {
  const cluster = useCluster();
  const [state, setState] = useQueryStates(shapeState);
  const { sample: limit, against } = state;
  const query = useQuery(topicShape(cluster, topic, sampleOf({ from: state.from, timeMs: state.time, limit })));
  const isCompared = against !== "nothing";
  const other = useQuery({
    ...topicShape(cluster, topic, sampleOf({ from: against, timeMs: state.againstTime, limit })),
    enabled: isCompared,
  });
  const shape = query.data;
  return (
    <section aria-label="Shape" className="flex min-h-0 flex-1 flex-col">
      <ShapeBar topic={topic} state={state} setState={(change) => void setState(change)} shape={shape} query={query} />
      {isCompared && other.error && <ProblemView problem={problemOf(other.error)} />}
      {isCompared && shape && other.data && <DriftList drifts={driftBetween(other.data, shape)} />}
      {query.error ? (
        <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
      ) : shape ? (
        <Fields shape={shape} search={state.q} />
      ) : (
        <TableSkeleton />
      )}
    </section>
  );
}

function rowsOf(shape: TopicShape, search: string): ShapeRow[] {
  const wanted = search.toLowerCase();
  return shape.fields
    .map((field) => ({
      key: JSON.stringify(field.path),
      name: field.path.join("."),
      depth: field.path.length - 1,
      percent: percentOf(field, shape),
      types: typesOf(field),
      nullPercent: field.occurrences === 0 ? 0 : Math.round(((field.types.null ?? 0) / field.occurrences) * 100),
      field,
    }))
    .filter((row) => row.name.toLowerCase().includes(wanted));
}

function Fields({ shape, search }: { shape: TopicShape; search: string }) {
  const [zone] = useZone();
  const rows = rowsOf(shape, search);
  return (
    <>
      {rows.length === 0 ? (
        <div className="flex min-h-0 flex-1 border-t">
          <EmptyState icon={<Braces />} title={search === "" ? "No JSON in the sample" : `No field has “${search}”`}>
            {search === ""
              ? "The fields of JSON objects and arrays are told here. The values of this sample are something else."
              : "Names are searched from the outside in, as in customer.id."}
          </EmptyState>
        </div>
      ) : (
        <DataGrid label="Fields" columns={shapeColumns} rows={rows} rowKey={(row) => row.key} />
      )}
      <PageFooter>
        <span className="text-ink-muted">{formatNumberOf(rows.length, "field")}</span>
        {` · ${formatNumberOf(shape.json, "JSON value")} of ${formatNumberOf(shape.sampled, "message")}`}
        {shape.isCut && " · further fields are left out"}
        {shape.firstMs !== null &&
          shape.lastMs !== null &&
          ` · ${formatInstant(shape.firstMs, zone)} to ${formatInstant(shape.lastMs, zone)}`}
      </PageFooter>
    </>
  );
}
