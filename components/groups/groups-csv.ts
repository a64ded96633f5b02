import { outlookText } from "@/components/groups/group-words";
import type { GroupSummary } from "@/lib/contracts/groups";

const head = "group,protocol,state,members,topics,lag,lag_ms,reads_per_second,outlook,attention";

/** A cell as spreadsheets read it; one that begins as a formula is kept from being one. */
function cell(value: string | number | null): string {
  const text = String(value ?? "");
  const safe = typeof value === "string" && /^[=+@\t-]/.test(text) ? `'${text}` : text;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Groups as lines of CSV with a head; what is not known is empty. */
export function groupsCsv(groups: readonly GroupSummary[]): string {
  const lines = groups.map((group) =>
    [
      group.groupId,
      group.protocol,
      group.state,
      group.members,
      group.topics.join(" "),
      group.lagMessages,
      group.lagTime?.ms ?? null,
      group.consumedPerSecond,
      outlookText(group.outlook, 0),
      group.attention?.text ?? "",
    ]
      .map(cell)
      .join(","),
  );
  return [head, ...lines].join("\n");
}
