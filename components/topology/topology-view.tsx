"use client";
import { useQuery } from "@tanstack/react-query";
import { Waypoints } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { EmptyState } from "@/components/feedback/empty-state";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { StaleBanner } from "@/components/feedback/stale-banner";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { useShortcut } from "@/components/shell/shortcuts";
import { Canvas } from "@/components/topology/canvas";
import { nodePath } from "@/components/topology/node-path";
import { TopologyTable } from "@/components/topology/topology-table";
import { topologyShape, topologyText } from "@/components/topology/topology-text";
import { PageFooter } from "@/components/ui/page-footer";
import { Segments } from "@/components/ui/segments";
import { cn } from "@/lib/cn";
import type { Topology } from "@/lib/contracts/topology";
import { formatNumberOf } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { topology as topologyQuery } from "@/lib/queries/topology";
import { topologyState } from "@/lib/url";

const Diagram = dynamic(() => import("@/components/topology/diagram").then((module) => module.Diagram), { ssr: false });

const forms = [
  { value: "drawing", label: "Drawing" },
  { value: "table", label: "Table" },
] as const;

/** A drawing takes about a second to lay out: rates alone are drawn anew at most this often. */
const redrawMs = 60_000;

/** Who writes to which topic and who reads it, as a drawing and as a table. */
export function TopologyView() {
  const query = useQuery(topologyQuery(useCluster()));
  useShortcut({ keys: "r", label: "Read again", group: "This page", command: true }, () => void query.refetch());
  if (query.data === undefined)
    return query.error ? (
      <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
    ) : (
      <TableSkeleton />
    );
  return (
    <>
      <StaleBanner query={query} readAtMs={query.data.readAtMs} />
      <PartialProblems problems={query.data.problems} />
      <Flows topology={query.data} />
    </>
  );
}

function Flows({ topology }: { topology: Topology }) {
  const [state, setState] = useQueryStates(topologyState);
  const [drawn, setDrawn] = useState(topology);
  const isOther = topologyShape(topology) !== topologyShape(drawn);
  if (topology !== drawn && (isOther || topology.readAtMs - drawn.readAtMs > redrawMs)) setDrawn(topology);
  const isTable = state.as === "table";
  const counts = (["producer", "topic", "group"] as const).map(
    (type) => [type, topology.nodes.filter((node) => node.type === type).length] as const,
  );
  return (
    <section aria-label="Topology" className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 items-center gap-5 px-6 py-2.5">
        <Segments label="Shown as" options={forms} value={state.as} onChoose={(as) => void setState({ as })} />
        {!isTable && <Legend />}
      </div>
      {topology.edges.length === 0 ? (
        <div className="flex min-h-0 flex-1 border-t">
          <EmptyState icon={<Waypoints />} title="Nobody writes or reads now">
            Topics appear here with their consumer groups, and with producers that Kafka knows by id: idempotent and
            transactional ones.
          </EmptyState>
        </div>
      ) : isTable ? (
        <TopologyTable topology={topology} />
      ) : (
        <Drawing topology={drawn} />
      )}
      <PageFooter fresh={<UpdatedAgo atMs={isTable ? topology.readAtMs : drawn.readAtMs} />}>
        {counts.map(([noun, count]) => formatNumberOf(count, noun)).join(" · ")}
        {topology.idleTopics > 0 && ` · ${formatNumberOf(topology.idleTopics, "idle topic")} left out`}
        {topology.omitted > 0 && ` · ${topology.omitted} more that do not fit`}
      </PageFooter>
    </section>
  );
}

function Drawing({ topology }: { topology: Topology }) {
  const cluster = useCluster();
  const router = useRouter();
  const [size, setSize] = useState<{ readonly width: number; readonly height: number }>();
  return (
    <Canvas size={size}>
      <Diagram
        text={topologyText(topology)}
        label={`${formatNumberOf(topology.nodes.length, "node")} and ${formatNumberOf(topology.edges.length, "flow")}: the table has the same in words`}
        onDrawn={setSize}
        onOpen={(id) => {
          const node = topology.nodes.find((one) => one.id === id);
          const path = node && nodePath(cluster, node);
          if (path !== undefined) router.push(path);
        }}
      />
    </Canvas>
  );
}

const keys = [
  { label: "Producer, group or job", look: "bg-raised shadow-outline" },
  { label: "Topic", look: "bg-accent-soft shadow-accent" },
  { label: "Warning", look: "bg-warn-soft shadow-warn" },
  { label: "Critical", look: "bg-bad-soft shadow-bad" },
] as const;

function Legend() {
  return (
    <ul aria-label="Legend" className="flex gap-4 text-xs text-ink-muted">
      {keys.map(({ label, look }) => (
        <li key={label} className="flex items-center gap-1.5">
          <span className={cn("h-3 w-4 rounded-sm", look)} aria-hidden="true" />
          {label}
        </li>
      ))}
    </ul>
  );
}
