/** What `odradek up` asks the platform for. */
export type PlatformOptions = {
  readonly version: string;
  /** Absolute. */
  readonly dataDirectory: string;
  readonly brokers: number;
  /** Ports of broker 1 and of the controller; broker N adds N-1. */
  readonly externalPort: number;
  readonly internalPort: number;
  readonly controllerPort: number;
  /** Address that the listener for clients binds to, and that clients are told; for every interface they are told this machine's name. */
  readonly host: string;
  /** A server.properties for every broker, with its name for messages. */
  readonly configFile: { readonly path: string; readonly text: string } | undefined;
  /** `name=value` each; stronger than the file. */
  readonly set: readonly string[];
  /** Brokers as threads of one process, or as processes of their own. */
  readonly isolation: "thread" | "process";
  readonly logFormat: "text" | "json";
  readonly logLevel: "debug" | "info" | "warn" | "error";
};
