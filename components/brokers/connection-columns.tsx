"use client";
import { addressText, softwareText } from "@/components/brokers/connection-words";
import type { Column } from "@/components/ui/data-grid";
import { useNow } from "@/components/ui/use-now";
import type { ClientConnection } from "@/lib/contracts/connections";
import { formatAge, formatBytes, formatDuration, formatInteger } from "@/lib/format";

const unknown = <span className="text-ink-faint">–</span>;

/** What it asked for last, and when; "for" as long as that has no answer. */
function LastRequest({ connection: { lastRequest: last, inWork } }: { connection: ClientConnection }) {
  const now = useNow();
  if (last === null) return <span className="text-ink-faint">none yet</span>;
  const age = now === 0 ? "" : formatAge(Math.max(0, now - last.atMs));
  const when = age === "" || age === "just now" ? age : inWork > 0 ? `for ${age}` : `${age} ago`;
  return (
    <>
      {last.api} <span className="text-ink-faint">{when}</span>
    </>
  );
}

function Since({ atMs }: { atMs: number }) {
  const now = useNow();
  return now === 0 ? null : formatDuration(Math.max(0, now - atMs));
}

/** Bytes since it was opened. */
function bytesColumn(id: string, label: string, bytesOf: (row: ClientConnection) => number): Column<ClientConnection> {
  return {
    id,
    label,
    width: "68px",
    from: 712,
    isRight: true,
    sortBy: bytesOf,
    cell: (row) => formatBytes(bytesOf(row)),
  };
}

/** Columns of a broker's connections; they leave as the table narrows. */
export const connectionColumns: readonly Column<ClientConnection>[] = [
  {
    id: "client",
    label: "Client id",
    width: "minmax(120px,1fr)",
    sortBy: ({ clientId }) => clientId ?? undefined,
    cell: ({ clientId }) =>
      clientId === null || clientId === "" ? unknown : <span className="font-mono text-mono">{clientId}</span>,
  },
  {
    id: "address",
    label: "Address",
    width: "minmax(136px,0.6fr)",
    sortBy: (row) => addressText(row),
    cell: (row) => <span className="font-mono text-mono text-ink-muted">{addressText(row)}</span>,
  },
  {
    id: "software",
    label: "Library",
    width: "minmax(110px,0.6fr)",
    from: 840,
    sortBy: (row) => softwareText(row) || undefined,
    cell: ({ software }) =>
      software === null ? (
        unknown
      ) : (
        <>
          {software.name} <span className="text-ink-faint">{software.version}</span>
        </>
      ),
  },
  {
    id: "principal",
    label: "Principal",
    width: "minmax(104px,0.5fr)",
    from: 1_140,
    sortBy: ({ principal }) => principal,
    cell: ({ principal }) => <span className="text-ink-muted">{principal}</span>,
  },
  {
    id: "listener",
    label: "Listener",
    width: "72px",
    from: 1_020,
    sortBy: ({ listener }) => listener,
    cell: ({ listener }) => <span className="text-ink-muted">{listener}</span>,
  },
  {
    id: "last",
    label: "Last request",
    width: "minmax(130px,0.6fr)",
    sortBy: ({ lastRequest }) => lastRequest?.atMs,
    cell: (row) => <LastRequest connection={row} />,
  },
  {
    id: "since",
    label: "Open for",
    width: "76px",
    from: 930,
    isRight: true,
    sortBy: ({ connectedAtMs }) => -connectedAtMs,
    cell: ({ connectedAtMs }) => <Since atMs={connectedAtMs} />,
  },
  {
    id: "requests",
    label: "Requests",
    width: "60px",
    isRight: true,
    sortBy: ({ requests }) => requests,
    cell: ({ requests }) => formatInteger(requests),
  },
  bytesColumn("received", "Received", ({ receivedBytes }) => receivedBytes),
  bytesColumn("sent", "Sent", ({ sentBytes }) => sentBytes),
];
