"use client";
import { useConnection } from "@/components/live/live-provider";
import { Button } from "@/components/ui/button";
import { StatusMark } from "@/components/ui/status";
import { useNow } from "@/components/ui/use-now";
import { formatAge } from "@/lib/format";

type Props = {
  /** The read that the page stands on. */
  query: {
    readonly data: unknown;
    readonly error: Error | null;
    readonly dataUpdatedAt: number;
    readonly isFetching: boolean;
    readonly refetch: () => Promise<unknown>;
  };
  /** When the values were read from the cluster, where that is not when the console answered. */
  readAtMs?: number | undefined;
};

/** Sweeps are ten seconds apart, of large clusters some more. */
const oldAfterMs = 45_000;

/** Old data beats no data: the page stays, and this line says who is silent and how old the values are. */
export function StaleBanner({ query, readAtMs }: Props) {
  const connection = useConnection();
  const now = useNow();
  const isLost = connection.state === "cluster-lost" || connection.state === "console-lost";
  const atMs = readAtMs ?? query.dataUpdatedAt;
  const isOld = readAtMs !== undefined && now - readAtMs > oldAfterMs && !query.isFetching;
  if (query.data === undefined || (query.error === null && !isLost && !isOld)) return null;
  const who = connection.state === "console-lost" ? "The console" : "The cluster";
  const age = formatAge(Math.max(0, now - atMs));
  return (
    <div role="status" className="flex h-9 shrink-0 items-center gap-2.5 border-b bg-warn-soft pr-4 pl-6">
      <StatusMark kind="warn" />
      <span className="flex-1 truncate">
        {who} does not answer.{" "}
        <span className="tabular-nums">
          {age === "just now" ? "These values are from a moment ago." : `These values are ${age} old.`}
        </span>
      </span>
      <Button size="sm" disabled={query.isFetching} onClick={() => void query.refetch()}>
        Retry now
      </Button>
    </div>
  );
}
