import { StatusMark } from "@/components/ui/status";
import type { GroupFinding } from "@/lib/contracts/groups";

const marks = { info: "idle", warning: "warn", critical: "bad" } as const;
const words: Record<GroupFinding["severity"], string> = { info: "", warning: "Warning: ", critical: "Critical: " };

/** Everything that is wrong or odd with a group, a sentence each. */
export function FindingList({ findings }: { findings: readonly GroupFinding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul aria-label="What was found" className="shrink-0 space-y-1 border-b px-6 py-2.5">
      {findings.map(({ severity, text }) => (
        <li key={text} className="flex items-start gap-2">
          <StatusMark kind={marks[severity]} className="mt-1" />
          <span className="min-w-0 wrap-anywhere">
            <span className="sr-only">{words[severity]}</span>
            {text}
          </span>
        </li>
      ))}
    </ul>
  );
}
