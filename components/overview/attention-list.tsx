"use client";
import Link from "next/link";
import { useCluster } from "@/components/live/live-provider";
import { RemedyButton } from "@/components/overview/remedy-button";
import { StatusMark } from "@/components/ui/status";
import { useNow } from "@/components/ui/use-now";
import { cn } from "@/lib/cn";
import type { Attention } from "@/lib/contracts/overview";
import { formatAge } from "@/lib/format";
import { brokerPath, groupPath, topicPath, topicsPath } from "@/lib/url";

/** Where the cause is seen. */
function hrefOf({ subject }: Attention, cluster: string): string {
  switch (subject.type) {
    case "topic":
      return topicPath(cluster, subject.name, "partitions");
    case "group":
      return groupPath(cluster, subject.name);
    case "broker":
      return brokerPath(cluster, Number(subject.name));
    case "cluster":
      return `${topicsPath(cluster)}?attention=true`;
  }
}

type Props = {
  attention: readonly Attention[];
  /** Groups could be read, and some sweeps were made to judge them by. */
  groups: "judged" | "not-yet" | "unreadable";
};

const allWell: Record<Props["groups"], string> = {
  judged: "Nothing. All partitions are in sync and no group falls behind.",
  "not-yet": "Nothing yet. All partitions are in sync; groups are judged in a moment.",
  unreadable: "Nothing about topics and brokers. Groups could not be read.",
};

/** What a person should look at first, worst first: each line a sentence, the link to its cause, and what ends it beside it. */
export function AttentionList({ attention, groups }: Props) {
  return (
    <section aria-labelledby="attention" className="border-b">
      <h2 id="attention" className="px-6 pt-3.5 pb-1.5 font-medium">
        Needs attention{" "}
        {attention.length > 0 && (
          <span className="ml-1 font-normal text-ink-faint tabular-nums">{attention.length}</span>
        )}
      </h2>
      {attention.length === 0 ? (
        <p className="flex items-center gap-2.5 px-6 pb-3.5 text-ink-muted">
          <StatusMark kind="ok" className="opacity-45" />
          {allWell[groups]}
        </p>
      ) : (
        <ul className="pb-2">
          {attention.map((line) => (
            <li key={line.key}>
              <Line line={line} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Line({ line }: { line: Attention }) {
  const cluster = useCluster();
  const now = useNow();
  const { subject, severity, text, sinceMs, remedy } = line;
  const isName = subject.type === "topic" || subject.type === "group";
  return (
    <div className="flex min-h-8 items-center gap-3 pr-6 hover:bg-hover">
      <Link
        href={hrefOf(line, cluster)}
        prefetch={false}
        className="flex min-w-0 flex-1 items-center gap-2.5 self-stretch py-1 pl-6 -outline-offset-2"
      >
        <StatusMark kind={severity === "critical" ? "bad" : "warn"} />
        <span className="sr-only">{severity === "critical" ? "Critical:" : "Warning:"}</span>
        <span className="min-w-0 flex-1 wrap-anywhere text-ink-muted">
          <span className={cn("font-medium text-ink", isName && "font-mono text-mono")}>
            {subject.type === "broker" ? `Broker ${subject.name}` : subject.name}
          </span>{" "}
          {text}
        </span>
      </Link>
      {remedy && <RemedyButton remedy={remedy} />}
      <span className="w-16 text-right text-xs whitespace-nowrap text-ink-faint tabular-nums">
        {now > 0 && formatAge(Math.max(0, now - sinceMs))}
      </span>
    </div>
  );
}
