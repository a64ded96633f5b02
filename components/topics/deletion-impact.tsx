"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import { Cable, Database, FileJson, KeyRound, Users } from "lucide-react";
import type { ReactNode } from "react";
import { ProblemNote } from "@/components/feedback/problem-note";
import { Button } from "@/components/ui/button";
import { PlanProblems } from "@/components/changes/plan-problems";
import { StatusMark } from "@/components/ui/status";
import { useNow } from "@/components/ui/use-now";
import type { TopicDeletionPlan } from "@/lib/contracts/topic-plans";
import { formatBytes, formatCount, formatDuration, formatNumberOf } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { remoteLossText } from "@/lib/remote-loss";

/** What deleting a topic takes with it, and what clients will see. */
export function DeletionImpact({ query }: { query: UseQueryResult<TopicDeletionPlan> }) {
  const plan = query.data;
  if (plan === undefined) {
    if (query.error === null) return <Placeholder />;
    return (
      <div className="space-y-2">
        <ProblemNote problem={problemOf(query.error)} />
        <Button size="sm" onClick={() => void query.refetch()}>
          Try again
        </Button>
      </div>
    );
  }
  return (
    <div>
      <ul className="divide-y rounded-lg bg-tray shadow-hairline">
        <Messages plan={plan} />
        <Groups plan={plan} />
        <Connectors connectors={plan.connectors} />
        {plan.accessEntries !== null && plan.accessEntries > 0 && (
          <Impact icon={<KeyRound />} detail="They stay, and would apply to a new topic of this name" isSevere={false}>
            <b className="font-medium">{formatNumberOf(plan.accessEntries, "access rule")}</b>{" "}
            {plan.accessEntries === 1 ? "names" : "name"} it
          </Impact>
        )}
        {plan.subjects.length > 0 && (
          <Impact icon={<FileJson />} detail={firstOf(plan.subjects)} isSevere={false}>
            <b className="font-medium">{formatNumberOf(plan.subjects.length, "subject")}</b>{" "}
            {plan.subjects.length === 1 ? "stays" : "stay"} in the Schema Registry
          </Impact>
        )}
      </ul>
      <p className="mt-3 flex gap-2 text-xs text-ink-muted">
        <StatusMark kind="warn" className="mt-0.5" />
        <span>
          {plan.messagesPerSecond !== null &&
            plan.messagesPerSecond > 0 &&
            `${formatCount(plan.messagesPerSecond)} messages a second arrive now. `}
          Producers and consumers will fail with{" "}
          <code className="font-mono text-2xs text-ink">UNKNOWN_TOPIC_OR_PARTITION</code>
          {plan.internal && ", and this is a topic that Kafka itself works with"}.
        </span>
      </p>
      <PlanProblems problems={plan.problems} />
    </div>
  );
}

function Placeholder() {
  return (
    <div
      role="status"
      aria-label="Finding out what would be lost"
      className="divide-y rounded-lg bg-tray shadow-hairline"
    >
      {["w-2/3", "w-1/2"].map((width) => (
        <div key={width} className="after-a-moment space-y-2 px-3 py-3">
          <div className={`h-3 skeleton ${width}`} />
          <div className="h-2.5 w-1/3 skeleton" />
        </div>
      ))}
    </div>
  );
}

function Impact({
  icon,
  detail,
  isSevere,
  children,
}: {
  icon: ReactNode;
  detail: ReactNode;
  isSevere: boolean;
  children: ReactNode;
}) {
  return (
    <li className="flex items-start gap-2.5 px-3 py-2">
      <span className="mt-1 text-ink-faint [&>svg]:size-3.5">{icon}</span>
      <span className="min-w-0 flex-1">
        <span className="block">{children}</span>
        <span className="block truncate text-xs text-ink-faint">{detail}</span>
      </span>
      {isSevere && (
        <>
          <StatusMark kind="bad" className="mt-1" />
          <span className="sr-only">Severe</span>
        </>
      )}
    </li>
  );
}

function Messages({ plan }: { plan: TopicDeletionPlan }) {
  const now = useNow();
  const shape = `${formatNumberOf(plan.partitionCount, "partition")} × ${formatNumberOf(plan.replicationFactor, "replica")}`;
  const oldest =
    plan.oldestTimestampMs !== null && plan.oldestTimestampMs >= 0 && now > 0
      ? `, oldest message ${formatDuration(Math.max(0, now - plan.oldestTimestampMs))} old`
      : "";
  return (
    <Impact icon={<Database />} detail={`${shape}${oldest}`} isSevere={plan.messages !== 0}>
      {plan.messages === 0 ? (
        "No message is lost"
      ) : (
        <>
          <b className="font-medium tabular-nums">
            {plan.messages === null
              ? "All messages"
              : plan.messages === 1
                ? "1 message"
                : `${formatCount(plan.messages)} messages`}
          </b>{" "}
          {plan.messages === 1 ? "is" : "are"} lost
        </>
      )}
      {plan.sizeBytes !== null && `, ${formatBytes(plan.sizeBytes)} on ${plan.tiered ? "brokers" : "disk"}`}
      {plan.tiered && `; tiered: ${remoteLossText(plan.tiered)}`}
    </Impact>
  );
}

function Groups({ plan }: { plan: TopicDeletionPlan }) {
  const active = plan.groups.filter((group) => group.members > 0);
  const members = active.reduce((sum, group) => sum + group.members, 0);
  const named = (active.length > 0 ? active : plan.groups).map((group) => group.groupId);
  return (
    <Impact
      icon={<Users />}
      detail={named.length === 0 ? "No committed offsets in it" : firstOf(named)}
      isSevere={active.length > 0}
    >
      {active.length > 0 ? (
        <>
          <b className="font-medium">{formatNumberOf(active.length, "consumer group")}</b>{" "}
          {active.length === 1 ? "reads" : "read"} it now, with {formatNumberOf(members, "member")}
        </>
      ) : plan.groups.length > 0 ? (
        <>
          <b className="font-medium">{formatNumberOf(plan.groups.length, "consumer group")}</b> read it before, none now
        </>
      ) : (
        "No consumer group reads it"
      )}
    </Impact>
  );
}

/** Nobody where there is none, or no Connect cluster is known. */
function Connectors({ connectors }: Pick<TopicDeletionPlan, "connectors">) {
  const readers = connectors.filter(({ use }) => use === "reads").length;
  const uses = [
    ...(readers > 0 ? [`${formatNumberOf(readers, "connector")} ${readers === 1 ? "reads" : "read"} it`] : []),
    ...(readers < connectors.length ? [writing(connectors.length - readers)] : []),
  ];
  if (uses.length === 0) return null;
  return (
    <Impact icon={<Cable />} detail={firstOf(connectors.map(({ name }) => name))} isSevere>
      {uses.join(", ")}
    </Impact>
  );
}

function writing(count: number): string {
  return `${formatNumberOf(count, "connector")} ${count === 1 ? "writes" : "write"} to it`;
}

function firstOf(names: readonly string[]): string {
  return `${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;
}
