import type { ClientConnection } from "@/lib/contracts/connections";

/** A connection's library, as one text: "apache-kafka-java 4.2.0"; empty where it did not say. */
export function softwareText({ software }: Pick<ClientConnection, "software">): string {
  return software === null ? "" : `${software.name} ${software.version}`;
}

/** Where a client is, as one text: "10.0.0.7:53112", "[::1]:53112". */
export function addressText({ host, port }: Pick<ClientConnection, "host" | "port">): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Which connections a filter shows: each of its words must be in the client's id, address, library or principal, or in the last request's name. */
export function connectionsWith(connections: readonly ClientConnection[], typed: string): readonly ClientConnection[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return connections;
  return connections.filter((own) => {
    const text = [own.clientId, addressText(own), softwareText(own), own.principal, own.lastRequest?.api].join(" ");
    const lower = text.toLowerCase();
    return words.every((word) => lower.includes(word));
  });
}
