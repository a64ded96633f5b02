/** Everything that a controller or broker is started with. */
export type RoleOptions = {
  readonly nodeId: number;
  /** Kafka's cluster id: 22 characters of base64url. */
  readonly clusterId: string;
  /** The complete server.properties of the node. */
  readonly properties: Readonly<Record<string, string>>;
  readonly logFormat: "text" | "json";
  readonly logLevel: "debug" | "info" | "warn" | "error";
};

/** Where a listener of a node can be reached. */
export type BoundListener = { readonly name: string; readonly host: string; readonly port: number };

/** A failure for people: what failed, why, what to do. */
export type Failure = { readonly title: string; readonly detail: string; readonly suggestion: string };

/** What a role tells its platform. `failed` comes before it ends by itself. */
export type RoleMessage =
  { readonly type: "ready"; readonly listeners: readonly BoundListener[] } | ({ readonly type: "failed" } & Failure);

/** What the platform tells a role that runs as a process; a thread has its options as workerData. */
export type RoleCommand = { readonly type: "start"; readonly options: RoleOptions } | { readonly type: "stop" };

/** Whatever was thrown or rejected, as a failure for people. */
export function asFailure(error: unknown): Failure {
  if (isFailure(error)) return error;
  return {
    title: "The platform did not start",
    detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
    suggestion: "Report this with the lines above.",
  };
}

function isFailure(value: unknown): value is Failure {
  return typeof value === "object" && value !== null && "title" in value && "detail" in value && "suggestion" in value;
}
