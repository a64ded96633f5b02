"use client";
import Link from "next/link";
import { useCluster } from "@/components/live/live-provider";
import { type Column, DataGrid } from "@/components/ui/data-grid";
import { StatusMark } from "@/components/ui/status";
import type { Topology, TopologyNode } from "@/lib/contracts/topology";
import { formatRate } from "@/lib/format";
import { nodePath } from "@/components/topology/node-path";

type Flow = {
  readonly key: string;
  readonly from: TopologyNode;
  readonly to: TopologyNode;
  readonly perSecond: number | null;
  readonly source: string;
};

function flowsOf({ nodes, edges }: Topology): readonly Flow[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return edges.flatMap(({ from, to, perSecond, source }) => {
    const [writer, reader] = [byId.get(from), byId.get(to)];
    return writer && reader ? [{ key: `${from} ${to}`, from: writer, to: reader, perSecond, source }] : [];
  });
}

const kinds: Record<TopologyNode["type"], string> = { producer: "", topic: "topic", group: "group", job: "job" };

function NodeLink({ node }: { node: TopologyNode }) {
  const href = nodePath(useCluster(), node);
  return (
    <span className="flex min-w-0 items-center gap-2">
      {node.severity && <StatusMark kind={node.severity === "critical" ? "bad" : "warn"} className="size-2.5" />}
      {href === undefined ? (
        <span className="truncate font-mono text-mono">{node.name}</span>
      ) : (
        <Link
          href={href}
          prefetch={false}
          className="truncate rounded-sm font-mono text-mono -outline-offset-1 hover:underline hover:decoration-line-strong hover:underline-offset-3"
        >
          {node.name}
        </Link>
      )}
      <span className="shrink-0 text-xs text-ink-faint">{kinds[node.type]}</span>
    </span>
  );
}

const columns: readonly Column<Flow>[] = [
  { id: "from", label: "From", width: "minmax(180px,1fr)", cell: ({ from }) => <NodeLink node={from} /> },
  { id: "to", label: "To", width: "minmax(180px,1fr)", cell: ({ to }) => <NodeLink node={to} /> },
  {
    id: "rate",
    label: "Messages",
    width: "88px",
    isRight: true,
    cell: ({ perSecond }) =>
      perSecond === null ? <span className="text-ink-faint">not measured</span> : `${formatRate(perSecond)}/s`,
  },
  {
    id: "detail",
    label: "State",
    width: "minmax(180px,1fr)",
    from: 900,
    cell: ({ from, to }) => (
      <span className="text-xs text-ink-muted">{to.type === "topic" ? from.detail : to.detail}</span>
    ),
  },
  {
    id: "source",
    label: "Known from",
    width: "136px",
    from: 700,
    cell: ({ source }) => <span className="font-mono text-xs text-ink-muted">{source}</span>,
  },
];

/** The topology in words: one line for each arrow, with who told of it. */
export function TopologyTable({ topology }: { topology: Topology }) {
  return <DataGrid label="Flows" columns={columns} rows={flowsOf(topology)} rowKey={({ key }) => key} />;
}
