"use client";
import { Ellipsis, Pencil, Send, Trash2 } from "lucide-react";
import { createContext, useContext } from "react";
import { targetKinds } from "@/components/alerts/alert-words";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { Column } from "@/components/ui/data-grid";
import { MenuButton } from "@/components/ui/menu-button";
import type { AlertTarget } from "@/lib/contracts/alerts";

/** What rows may ask of the page around them. */
export type TargetRowActions = {
  /** The target that is being tested. */
  readonly busy: number | undefined;
  readonly edit: (target: AlertTarget) => void;
  readonly test: (target: AlertTarget) => void;
  readonly remove: (target: AlertTarget) => void;
};

export const TargetActionsContext = createContext<TargetRowActions>({
  busy: undefined,
  edit: () => {},
  test: () => {},
  remove: () => {},
});

function Name({ target }: { target: AlertTarget }) {
  const { edit } = useContext(TargetActionsContext);
  return (
    <button type="button" onClick={() => edit(target)} className="max-w-full truncate rounded-sm text-left font-medium">
      {target.name}
    </button>
  );
}

function Buttons({ target }: { target: AlertTarget }) {
  const { busy, edit, test, remove } = useContext(TargetActionsContext);
  const label = `Actions for ${target.name}`;
  const entries = [
    { label: "Edit…", icon: <Pencil />, onSelect: () => edit(target) },
    { label: "Delete", icon: <Trash2 />, isApart: true, isDanger: true, onSelect: () => remove(target) },
  ];
  return (
    <span className="flex items-center justify-end gap-1">
      <Button
        size="sm"
        disabled={busy !== undefined}
        aria-label={`Send a test to ${target.name}`}
        onClick={() => test(target)}
      >
        <Send />
        {busy === target.id ? "Sending…" : "Test"}
      </Button>
      <MenuButton menuLabel={label} aria-label={label} variant="ghost" size="icon-sm" entries={entries}>
        <Ellipsis />
      </MenuButton>
    </span>
  );
}

/** The columns of the list of targets. */
export const targetColumns: readonly Column<AlertTarget>[] = [
  { id: "name", label: "Target", width: "minmax(140px,260px)", cell: (target) => <Name target={target} /> },
  {
    id: "kind",
    label: "Kind",
    width: "100px",
    cell: ({ kind }) => <span className="text-ink-muted">{targetKinds[kind]}</span>,
  },
  {
    id: "place",
    label: "Sends to",
    width: "minmax(160px,1fr)",
    from: 640,
    cell: ({ place, isSigned }) => (
      <span className="flex min-w-0 items-center gap-2">
        <span className="truncate font-mono text-mono text-ink-muted">{place}</span>
        {isSigned && <Badge>signed</Badge>}
      </span>
    ),
  },
  {
    id: "buttons",
    label: "Actions",
    isLabelHidden: true,
    isApart: true,
    width: "120px",
    isRight: true,
    cell: (target) => <Buttons target={target} />,
  },
];
