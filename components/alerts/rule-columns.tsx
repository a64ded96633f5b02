"use client";
import { BellOff, BellRing, Ellipsis, Pencil, Power, Trash2 } from "lucide-react";
import { createContext, useContext } from "react";
import { isQuiet, ruleState } from "@/components/alerts/alert-words";
import type { Column } from "@/components/ui/data-grid";
import { MenuButton, type MenuEntry } from "@/components/ui/menu-button";
import { StatusMark } from "@/components/ui/status";
import { useNow } from "@/components/ui/use-now";
import { useZone } from "@/components/ui/use-zone";
import { alertConditions, thresholdText } from "@/lib/alert-conditions";
import type { ListedRule } from "@/lib/contracts/alerts";
import { formatDuration } from "@/lib/format";
import { formatInstant } from "@/lib/instant";

/** A rule with the names of those it tells. */
export type RuleRow = ListedRule & { readonly told: string };

/** What rows may ask of the page around them. */
export type RuleRowActions = {
  readonly edit: (rule: ListedRule) => void;
  readonly turn: (rule: ListedRule) => void;
  readonly silence: (rule: ListedRule, untilMs: number | null) => void;
  readonly remove: (rule: ListedRule) => void;
};

export const RuleActionsContext = createContext<RuleRowActions>({
  edit: () => {},
  turn: () => {},
  silence: () => {},
  remove: () => {},
});

const hourMs = 3_600_000;
const silences = [
  { label: "Silence for 1 h", ms: hourMs },
  { label: "Silence for 8 h", ms: 8 * hourMs },
  { label: "Silence for 3 d", ms: 72 * hourMs },
] as const;

function State({ rule }: { rule: ListedRule }) {
  const now = useNow();
  const [zone] = useZone();
  const { text, kind } = ruleState(rule, now);
  const until =
    rule.silencedUntilMs !== null && isQuiet(rule, now)
      ? ` until ${formatInstant(rule.silencedUntilMs, zone).slice(5, 16)}`
      : "";
  return (
    <span className="flex items-center gap-2 text-ink-muted">
      <StatusMark kind={kind} className={kind === "ok" ? "opacity-45" : ""} />
      {text}
      {until}
    </span>
  );
}

function Name({ rule }: { rule: ListedRule }) {
  const { edit } = useContext(RuleActionsContext);
  return (
    <button type="button" onClick={() => edit(rule)} className="max-w-full truncate rounded-sm text-left font-medium">
      {rule.name}
    </button>
  );
}

function Menu({ rule }: { rule: ListedRule }) {
  const { edit, turn, silence, remove } = useContext(RuleActionsContext);
  const now = useNow();
  const entries: MenuEntry[] = [
    { label: "Edit…", icon: <Pencil />, onSelect: () => edit(rule) },
    { label: rule.isOn ? "Turn off" : "Turn on", icon: <Power />, onSelect: () => turn(rule) },
    ...(isQuiet(rule, now)
      ? [{ label: "End the silence", icon: <BellRing />, onSelect: () => silence(rule, null) }]
      : silences.map(({ label, ms }, index) => ({
          label,
          icon: <BellOff />,
          isApart: index === 0,
          onSelect: () => silence(rule, Date.now() + ms),
        }))),
    { label: "Delete", icon: <Trash2 />, isApart: true, isDanger: true, onSelect: () => remove(rule) },
  ];
  const label = `Actions for ${rule.name}`;
  return (
    <MenuButton menuLabel={label} aria-label={label} variant="ghost" size="icon-sm" entries={entries}>
      <Ellipsis />
    </MenuButton>
  );
}

/** When a rule fires, in words: "above 10k messages for 1 min". */
function firesText({ condition, threshold, forMs }: ListedRule): string {
  const limit = thresholdText(condition, threshold);
  const above = limit === "" ? "at once" : `above ${limit}`;
  if (forMs === 0) return above;
  return limit === "" ? `after ${formatDuration(forMs)}` : `${above} for ${formatDuration(forMs)}`;
}

/** The columns of the list of rules. */
export const ruleColumns: readonly Column<RuleRow>[] = [
  { id: "name", label: "Rule", width: "minmax(140px,1fr)", cell: (rule) => <Name rule={rule} /> },
  { id: "state", label: "State", width: "minmax(110px,190px)", cell: (rule) => <State rule={rule} /> },
  {
    id: "watches",
    label: "Watches",
    width: "minmax(140px,1fr)",
    from: 700,
    cell: ({ condition, subject }) => (
      <span className="truncate text-ink-muted">
        {alertConditions[condition].label}
        {subject !== "*" && <span className="ml-1.5 font-mono text-mono text-ink-faint">{subject}</span>}
      </span>
    ),
  },
  {
    id: "fires",
    label: "Fires",
    width: "minmax(120px,220px)",
    from: 860,
    cell: (rule) => <span className="truncate text-ink-muted">{firesText(rule)}</span>,
  },
  {
    id: "told",
    label: "Tells",
    width: "minmax(80px,160px)",
    from: 1_000,
    cell: ({ told }) => <span className="truncate text-ink-muted">{told || "nobody"}</span>,
  },
  {
    id: "menu",
    label: "Actions",
    isLabelHidden: true,
    isApart: true,
    width: "40px",
    isRight: true,
    cell: (rule) => <Menu rule={rule} />,
  },
];
