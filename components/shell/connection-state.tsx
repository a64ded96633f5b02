"use client";
import { useConnection } from "@/components/live/live-provider";
import { StatusMark } from "@/components/ui/status";
import { Tooltip } from "@/components/ui/tooltip";
import { formatDuration } from "@/lib/format";

/** Whether the cluster answers, and how fast. */
export function ConnectionState() {
  const { state, latencyMs, problem } = useConnection();
  const looks = {
    connecting: { kind: "idle", text: "Connecting" },
    connected: { kind: "ok", text: latencyMs === null ? "Connected" : `Connected · ${formatDuration(latencyMs)}` },
    "cluster-lost": { kind: "bad", text: "Cluster silent" },
    "console-lost": { kind: "bad", text: "Console silent" },
  } as const;
  const look = looks[state];
  const line = (
    <span role="status" className="flex min-w-0 flex-1 items-center gap-1.5">
      <StatusMark kind={look.kind} className="size-2.5" />
      <span className="truncate tabular-nums">{look.text}</span>
    </span>
  );
  if (problem === null) return line;
  return (
    <Tooltip side="top" label={`${problem.title}. ${problem.detail}`}>
      {line}
    </Tooltip>
  );
}
