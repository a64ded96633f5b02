import { configMeaning } from "@/lib/config-meaning";
import type { ChangeFacts } from "@/lib/contracts/changes";
import { differences } from "@/lib/fact-differences";

type Props = { before: ChangeFacts; after: ChangeFacts };

/** Named values before and after a change, the raw values with what they mean. */
export function FactDiff({ before, after }: Props) {
  const lines = differences(before, after);
  if (lines.length === 0) return null;
  return (
    <div className="overflow-hidden rounded-md bg-canvas font-mono text-xs leading-5 shadow-hairline">
      {lines.map((line) => (
        <div key={line.name} className="border-b pt-1 last:border-b-0">
          <div className="flex justify-between gap-3 px-3 text-ink-muted">
            <span className="truncate">{line.name}</span>
            <span className="font-sans whitespace-nowrap text-ink-faint">{meaning(line)}</span>
          </div>
          {line.before !== null && (
            <div className="flex bg-bad-soft px-3 wrap-anywhere">
              <span className="w-4 shrink-0 text-bad" aria-hidden="true">
                −
              </span>
              <span className="sr-only">before: </span>
              {line.before}
            </div>
          )}
          {line.after !== null && (
            <div className="flex bg-ok-soft px-3 wrap-anywhere">
              <span className="w-4 shrink-0 text-ok" aria-hidden="true">
                +
              </span>
              <span className="sr-only">after: </span>
              {line.after}
            </div>
          )}
        </div>
      ))}
    </div>
  );
}

function meaning({ name, before, after }: { name: string; before: string | null; after: string | null }): string {
  const [was, is] = [before, after].map((value) => (value === null ? undefined : configMeaning(name, value)));
  if (was !== undefined && is !== undefined) return `${was} → ${is}`;
  return was ?? is ?? "";
}
