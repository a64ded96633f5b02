"use client";
import type { Column } from "@/components/ui/data-grid";
import type { FieldShape } from "@/lib/contracts/shape";
import { formatInteger } from "@/lib/format";

/** One field in the list. */
export type ShapeRow = {
  readonly key: string;
  readonly name: string;
  readonly depth: number;
  /** Of the sample's JSON values. */
  readonly percent: number;
  readonly types: string;
  readonly nullPercent: number;
  readonly field: FieldShape;
};

function Range({ field }: { field: FieldShape }) {
  if (field.least !== null)
    return (
      <span className="font-mono text-mono">
        {field.least === field.greatest ? field.least : `${field.least} … ${field.greatest}`}
      </span>
    );
  if (field.shortest !== null)
    return (
      <span className="text-ink-muted">
        {field.shortest === field.longest ? field.shortest : `${field.shortest} to ${field.longest}`} characters
      </span>
    );
  return null;
}

function Top({ field }: { field: FieldShape }) {
  return field.top.map(({ text, count }) => (
    <span key={text} className="mr-3 font-mono text-mono">
      {text} <span className="text-ink-faint">{formatInteger(count)}</span>
    </span>
  ));
}

/** The columns of the list of fields. */
export const shapeColumns: readonly Column<ShapeRow>[] = [
  {
    id: "name",
    label: "Field",
    width: "minmax(160px,1.2fr)",
    cell: ({ name, depth }) => (
      <span className="font-mono text-mono" title={name}>
        <span className="text-ink-faint">{"  ".repeat(Math.min(depth, 12))}</span>
        {name}
      </span>
    ),
  },
  { id: "presence", label: "In", width: "56px", isRight: true, cell: ({ percent }) => `${percent} %` },
  { id: "types", label: "Type", width: "minmax(90px,0.7fr)", cell: ({ types }) => types },
  {
    id: "null",
    label: "Null",
    width: "56px",
    isRight: true,
    from: 720,
    cell: ({ nullPercent }) => (nullPercent === 0 ? <span className="text-ink-faint">0 %</span> : `${nullPercent} %`),
  },
  { id: "range", label: "Range", width: "minmax(120px,1fr)", from: 860, cell: ({ field }) => <Range field={field} /> },
  {
    id: "distinct",
    label: "Distinct",
    width: "72px",
    isRight: true,
    from: 980,
    // Of objects and arrays no values are told apart.
    cell: ({ field }) =>
      field.distinct === 0 ? null : field.distinct >= 1_000 ? "1,000+" : formatInteger(field.distinct),
  },
  { id: "top", label: "Most often", width: "minmax(0,1.6fr)", cell: ({ field }) => <Top field={field} /> },
];
