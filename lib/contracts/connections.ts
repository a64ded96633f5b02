import * as z from "zod/mini";
import { instantMs } from "@/lib/contracts/primitives";
import { problemSchema } from "@/lib/problem";

/** A client's connection to a broker, as the broker knows it. */
export const clientConnection = z.object({
  host: z.string(),
  port: z.number(),
  listener: z.string(),
  securityProtocol: z.string(),
  /** `client.id` of its last request; null before the first, "" when it sent none. */
  clientId: z.nullable(z.string()),
  /** As ApiVersions v3 and newer tell it (KIP-511); null for older clients. */
  software: z.nullable(z.object({ name: z.string(), version: z.string() })),
  /** "User:alice" */
  principal: z.string(),
  connectedAtMs: instantMs,
  requests: z.number(),
  /** Requests that have no answer yet. */
  inWork: z.number(),
  /** As they were in Kafka's frames: bytes of TLS are not counted. */
  receivedBytes: z.number(),
  sentBytes: z.number(),
  lastRequest: z.nullable(z.object({ api: z.string(), atMs: instantMs })),
});
export type ClientConnection = z.infer<typeof clientConnection>;

/** A member of a group that must be connected to a broker: the broker coordinates its group, or leads what it reads. */
export const connectedMember = z.object({
  /** As the coordinator tells it; with a leading slash in Apache Kafka, which is taken off. */
  host: z.string(),
  clientId: z.string(),
  memberId: z.string(),
  groupId: z.string(),
  isCoordinated: z.boolean(),
  /** Partitions it is assigned that the broker leads. */
  partitions: z.number(),
});
export type ConnectedMember = z.infer<typeof connectedMember>;

/** GET /api/clusters/{cluster}/brokers/{broker}/connections */
export const brokerConnections = z.discriminatedUnion("kind", [
  /** Told by the broker now. */
  z.object({ kind: z.literal("connections"), connections: z.array(clientConnection), readAtMs: instantMs }),
  /** The cluster has no way to tell connections: what its groups tell instead, of the last sweep. */
  z.object({
    kind: z.literal("members"),
    members: z.array(connectedMember),
    problems: z.array(problemSchema),
    readAtMs: instantMs,
  }),
]);
export type BrokerConnections = z.infer<typeof brokerConnections>;
