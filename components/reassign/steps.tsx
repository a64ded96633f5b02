import { Check } from "lucide-react";
import { cn } from "@/lib/cn";

const steps = ["Partitions", "Goal", "Plan", "Run"] as const;

/** Where one is on the way to a reassignment. */
export function Steps({ current }: { current: (typeof steps)[number] }) {
  const at = steps.indexOf(current);
  return (
    <ol aria-label="Steps" className="hidden items-center gap-2 text-sm @4xl:flex">
      {steps.map((step, index) => (
        <li key={step} aria-current={index === at ? "step" : undefined} className="flex items-center gap-2">
          {index > 0 && <span className="h-px w-6 bg-line-strong" />}
          <span
            className={cn(
              "grid size-4 place-items-center rounded-full text-2xs font-medium tabular-nums",
              index < at && "bg-press text-ink-muted",
              index === at && "bg-primary text-primary-ink",
              index > at && "text-ink-faint shadow-outline",
            )}
          >
            {index < at ? <Check className="size-2.5" strokeWidth={3} /> : index + 1}
          </span>
          <span className={index === at ? "font-medium" : "text-ink-muted"}>{step}</span>
        </li>
      ))}
    </ol>
  );
}
