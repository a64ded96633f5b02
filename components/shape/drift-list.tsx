import { Status } from "@/components/ui/status";
import type { FieldDrift } from "@/lib/shape-drift";

/** What changed in the fields from the earlier sample to the later. */
export function DriftList({ drifts }: { drifts: readonly FieldDrift[] }) {
  return (
    <div
      role="region"
      aria-label="Drift"
      className="max-h-40 shrink-0 scroll-thin overflow-auto border-t px-6 py-2 text-sm"
    >
      {drifts.length === 0 ? (
        <Status kind="ok">The fields are the same in both samples.</Status>
      ) : (
        <ul className="space-y-0.5">
          {drifts.map(({ path, kind, words }) => (
            <li key={`${kind} ${path.join("/")}`}>
              <span className="font-mono text-mono">{path.join(".")}</span>{" "}
              <span className="text-ink-muted">{words}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
