"use client";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import type { StreamEvent } from "@/lib/contracts/stream";
import type { Problem } from "@/lib/problem";
import { factChannels, isFollowing } from "@/lib/queries/followed";
import { browserStream } from "@/lib/stream/browser-stream";
import { StreamConnection, type StreamState } from "@/lib/stream/stream-connection";

/** What is known of the way to the cluster. */
export type Connection = {
  readonly state: "connecting" | "connected" | "cluster-lost" | "console-lost";
  /** Of the last probe. */
  readonly latencyMs: number | null;
  readonly problem: Problem | null;
};

type Live = { readonly stream: StreamConnection; readonly connection: Connection; readonly cluster: string };

const LiveContext = createContext<Live | undefined>(undefined);

type ClusterEvent = Extract<StreamEvent, { type: "cluster" }>;

function connectionOf(stream: StreamState, cluster: ClusterEvent | undefined): Connection {
  if (stream === "lost") return { state: "console-lost", latencyMs: null, problem: null };
  if (cluster === undefined) return { state: "connecting", latencyMs: null, problem: null };
  return {
    state: cluster.state === "connected" ? "connected" : "cluster-lost",
    latencyMs: cluster.latencyMs,
    problem: cluster.problem,
  };
}

/** Holds the tab's one stream, and with it the state of the connection. Facts are read again as soon as the cluster is back. */
export function LiveProvider({ cluster, children }: { cluster: string; children: ReactNode }) {
  const [stream] = useState(() => new StreamConnection(browserStream));
  const [event, setEvent] = useState<ClusterEvent>();
  const client = useQueryClient();
  const streamState = useSyncExternalStore(
    (changed) => stream.onStateChange(changed),
    () => stream.state,
    () => "idle" as const,
  );
  const connection = connectionOf(streamState, event);

  useEffect(() => {
    const visibility = () => (document.hidden ? stream.pause() : stream.resume());
    visibility();
    document.addEventListener("visibilitychange", visibility);
    return () => {
      document.removeEventListener("visibilitychange", visibility);
      stream.pause();
    };
  }, [stream]);

  useEffect(
    () =>
      stream.listen({ channel: "cluster", id: "connection", cluster }, (received) => {
        if (received.type === "cluster") setEvent(received);
      }),
    [stream, cluster],
  );

  useEffect(() => {
    const ends = factChannels.map((channel) =>
      stream.listen({ channel, id: channel, cluster }, () => {
        void client.invalidateQueries({ predicate: (query) => isFollowing(query, cluster, channel) });
      }),
    );
    return () => {
      for (const end of ends) end();
    };
  }, [stream, client, cluster]);

  const isConnected = connection.state === "connected";
  useEffect(() => {
    if (!isConnected) return;
    void client.refetchQueries({
      predicate: (query) => query.queryKey[0] === cluster && query.state.error !== null,
      type: "active",
    });
  }, [isConnected, client, cluster]);

  // The compiler keeps the value while its parts are the same.
  // oxlint-disable-next-line react/jsx-no-constructed-context-values
  return <LiveContext value={{ stream, connection, cluster }}>{children}</LiveContext>;
}

/** The tab's one stream, for hooks that listen to it. */
export function useStream(): StreamConnection {
  return useLive().stream;
}

function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error("There is no LiveProvider around this component");
  return live;
}

/** The state of the way to the cluster. */
export function useConnection(): Connection {
  return useLive().connection;
}

/** The slug of the cluster that the page shows. */
export function useCluster(): string {
  return useLive().cluster;
}
