import type { SecurityProtocol } from "./context.ts";

/** One client's connection as its listener knows it. Times are in milliseconds since 1970. */
export type ConnectionFacts = {
  /** Where the client is: its host and port. */
  readonly host: string;
  readonly port: number;
  readonly listener: string;
  readonly securityProtocol: SecurityProtocol;
  /** Of its last request (`client.id`); null before the first, "" when it sent none. */
  readonly clientId: string | null;
  /** As ApiVersions v3 and newer tell it (KIP-511); null for older clients. */
  readonly software: { readonly name: string; readonly version: string } | null;
  /** "User:alice" */
  readonly principal: string;
  readonly connectedAtMs: number;
  readonly requests: number;
  /** Requests that have no answer yet. */
  readonly inWork: number;
  /** As they were in Kafka's frames: bytes of TLS are not counted. */
  readonly receivedBytes: number;
  readonly sentBytes: number;
  readonly lastRequest: { readonly api: string; readonly atMs: number } | null;
};
