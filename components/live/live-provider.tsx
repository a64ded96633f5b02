"use client";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { connecting, type Connection, ConnectionWatch } from "@/components/live/connection-watch";
import { factChannels, isFollowing } from "@/lib/queries/followed";
import { browserStream } from "@/lib/stream/browser-stream";
import { StreamConnection } from "@/lib/stream/stream-connection";

type Live = { readonly stream: StreamConnection; readonly connection: ConnectionWatch; readonly cluster: string };

const LiveContext = createContext<Live | undefined>(undefined);

function liveOf(cluster: string): Live {
  const stream = new StreamConnection(browserStream);
  return { stream, connection: new ConnectionWatch(stream, cluster), cluster };
}

/** Holds the tab's one stream, and with it the state of the connection. Facts are read again as soon as the cluster is back. Another cluster is another provider. */
export function LiveProvider({ cluster, children }: { cluster: string; children: ReactNode }) {
  const [live] = useState(() => liveOf(cluster));
  const { stream, connection } = live;
  const client = useQueryClient();

  useEffect(() => {
    const visibility = () => (document.hidden ? stream.pause() : stream.resume());
    visibility();
    document.addEventListener("visibilitychange", visibility);
    return () => {
      document.removeEventListener("visibilitychange", visibility);
      stream.pause();
    };
  }, [stream]);

  useEffect(() => connection.follow(), [connection]);

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

  useEffect(() => {
    let wasConnected = false;
    return connection.onChange(() => {
      const isConnected = connection.current.state === "connected";
      if (isConnected && !wasConnected)
        void client.refetchQueries({
          predicate: (query) => query.queryKey[0] === cluster && query.state.error !== null,
          type: "active",
        });
      wasConnected = isConnected;
    });
  }, [connection, client, cluster]);

  return <LiveContext value={live}>{children}</LiveContext>;
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
  const { connection } = useLive();
  return useSyncExternalStore(
    (changed) => connection.onChange(changed),
    () => connection.current,
    () => connecting,
  );
}

/** The slug of the cluster that the page shows. */
export function useCluster(): string {
  return useLive().cluster;
}
