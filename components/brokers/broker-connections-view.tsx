"use client";
import { useQuery } from "@tanstack/react-query";
import { Cable, Search } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useRef } from "react";
import { connectionColumns } from "@/components/brokers/connection-columns";
import { connectionsWith } from "@/components/brokers/connection-words";
import { ConnectedMembers } from "@/components/brokers/connected-members";
import { EmptyState } from "@/components/feedback/empty-state";
import { ProblemView } from "@/components/feedback/problem-view";
import { StaleBanner } from "@/components/feedback/stale-banner";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { useShortcut } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { DataGrid } from "@/components/ui/data-grid";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { PageFooter } from "@/components/ui/page-footer";
import { Segments } from "@/components/ui/segments";
import type { ClientConnection } from "@/lib/contracts/connections";
import { formatInteger, formatNumberOf } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { brokerConnections } from "@/lib/queries/brokers";
import { brokerConnectionState, connectionSortColumns } from "@/lib/url";

/** Who is connected to a broker, read again every five seconds, and less often where they are many; where the cluster cannot tell, why not, and what it tells instead. */
export function BrokerConnectionsView({ broker }: { broker: number }) {
  const query = useQuery(brokerConnections(useCluster(), broker));
  const list = query.data;
  const problem = query.error === null ? undefined : problemOf(query.error);
  // A broker that has stopped has none: what there was is no news of it.
  if (problem && (list === undefined || problem.code === "broker-unavailable"))
    return <ProblemView problem={problem} onRetry={() => void query.refetch()} />;
  if (list === undefined) return <TableSkeleton />;
  return (
    <>
      <StaleBanner query={query} />
      {list.kind === "members" ? (
        <ConnectedMembers list={list} />
      ) : (
        <Connections connections={list.connections} readAtMs={list.readAtMs} />
      )}
    </>
  );
}

type Props = { connections: readonly ClientConnection[]; readAtMs: number };

function Connections({ connections, readAtMs }: Props) {
  const [state, setState] = useQueryStates(brokerConnectionState);
  const search = useRef<HTMLInputElement>(null);
  useShortcut({ keys: "/", label: "Filter", group: "This page" }, () => search.current?.focus());
  const listeners = [...new Set(connections.map(({ listener }) => listener))].sort();
  const heard = connections.filter(({ listener }) => state.listener === "" || listener === state.listener);
  const shown = connectionsWith(heard, state.q);
  const clients = new Set(shown.map(({ clientId }) => clientId)).size;
  const isFiltered = state.q !== "" || state.listener !== "";
  return (
    <section aria-label="Connections" className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 items-center gap-2 px-6 py-2.5">
        <Input
          ref={search}
          icon={<Search />}
          trailing={<Kbd>/</Kbd>}
          placeholder="Client, address, library, request"
          aria-label="Filter connections"
          className="w-72"
          value={state.q}
          onChange={(event) => void setState({ q: event.target.value || null })}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        />
        <Segments
          label="Listener"
          options={[{ value: "", label: "All" }, ...listeners.map((value) => ({ value, label: value }))]}
          value={state.listener}
          onChoose={(listener) => void setState({ listener: listener || null })}
        />
      </div>
      {shown.length > 0 ? (
        <DataGrid
          label="Connections"
          columns={connectionColumns}
          rows={shown}
          rowKey={({ host, port, listener }) => `${host} ${port} ${listener}`}
          sort={{ id: state.sort, desc: state.dir === "desc" }}
          onSort={(sort) =>
            void setState({
              sort: connectionSortColumns.find((column) => column === sort.id) ?? null,
              dir: sort.desc ? "desc" : "asc",
            })
          }
          dense
        />
      ) : (
        <div className="flex min-h-0 flex-1 border-t">
          <EmptyState
            icon={<Cable />}
            title={isFiltered ? "No connection matches" : "Nobody is connected"}
            actions={isFiltered && <Button onClick={() => void setState({ q: null, listener: null })}>Show all</Button>}
          >
            {isFiltered
              ? `${formatNumberOf(connections.length, "connection")} in all.`
              : "Clients and other brokers connect when the broker serves."}
          </EmptyState>
        </div>
      )}
      <PageFooter fresh={<UpdatedAgo atMs={readAtMs} />}>
        {formatInteger(shown.length)} of {formatNumberOf(connections.length, "connection")} ·{" "}
        {formatNumberOf(clients, "client id")}
      </PageFooter>
    </section>
  );
}
