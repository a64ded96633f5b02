import type { ConnectionFacts } from "./network/connection-facts.ts";

/** What the platform starts a controller or a broker with: plain data, for a thread its `workerData`, for a process in its first message. */
export type RoleStart = {
  readonly nodeId: number;
  /** Kafka's cluster id: 22 characters of base64url. */
  readonly clusterId: string;
  /** The complete server.properties of the node. */
  readonly properties: Readonly<Record<string, string>>;
  readonly logFormat: "text" | "json";
  readonly logLevel: "debug" | "info" | "warn" | "error";
};

/** Where a listener of the node can be reached. */
export type RoleListener = { readonly name: string; readonly host: string; readonly port: number };

/** A failure for people: what failed, why, what to do. */
export type Failure = { readonly title: string; readonly detail: string; readonly suggestion: string };

/** What the platform asks of a role that runs. */
export type RoleOrder =
  | { readonly type: "stop" }
  /** Answered by `connections` with the same id. */
  | { readonly type: "list-connections"; readonly id: number };

/** What a role tells the platform; after `failed` it ends by itself. */
export type RoleReport =
  | { readonly type: "ready"; readonly listeners: readonly RoleListener[] }
  | ({ readonly type: "failed" } & Failure)
  /** Some of the node's connections; more follow until `isLast`. */
  | {
      readonly type: "connections";
      readonly id: number;
      readonly connections: readonly ConnectionFacts[];
      readonly isLast: boolean;
    };
