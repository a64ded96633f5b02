/** A cluster that the console shows. */
export type ClusterOptions = {
  /** Its name in addresses: `/{id}/topics`. */
  readonly id: string;
  readonly name: string;
  /** `host:port` each. */
  readonly bootstrap: readonly string[];
  /** Kafka's client properties: `security.protocol`, `sasl.*`, `ssl.*`; and those of the services beside it: `schema.registry.*`, `connect.*`. */
  readonly clientProperties: Readonly<Record<string, string>>;
  /** The console's own platform runs it. */
  readonly bundled: boolean;
};

/** What whoever starts the console tells it. */
export type ConsoleOptions = {
  readonly clusters: readonly ClusterOptions[];
  readonly dataDirectory: string;
  readonly host: string;
  readonly port: number;
  /** Host names that the border accepts in the Host header. */
  readonly allowedHosts: readonly string[];
  /** Each cluster's journal is written to its topic of this name too. */
  readonly journalTopic?: string | undefined;
  /** Where the operator's own decoders are; without it in `decoders` of the data directory. */
  readonly decodersDirectory?: string | undefined;
};

/** Where the process that starts Next leaves the options: Next loads modules several times, globalThis exists once. */
const OPTIONS = Symbol.for("odradek.console.options");

/** The bundled cluster's address, for `next dev` beside a platform that was started alone. */
const DEFAULT_BOOTSTRAP = "127.0.0.1:9092";

/** The options of this process; without any (`next dev`, `next start`), the cluster of ODRADEK_BOOTSTRAP_SERVER, else of 127.0.0.1:9092. */
export function consoleOptions(): ConsoleOptions {
  const shared: Record<symbol, unknown> = globalThis;
  // Whoever starts the console in this process puts options of this type there, or nothing.
  return (shared[OPTIONS] as ConsoleOptions | undefined) ?? developmentOptions(process.env);
}

/** What the environment's variables say, with this machine's names as hosts. */
export function developmentOptions(environment: Readonly<Record<string, string | undefined>>): ConsoleOptions {
  const bootstrap = environment.ODRADEK_BOOTSTRAP_SERVER ?? DEFAULT_BOOTSTRAP;
  const host = environment.HOSTNAME ?? "localhost";
  return {
    clusters: [
      {
        id: "local",
        name: "Local",
        bootstrap: bootstrap.split(",").map((server) => server.trim()),
        clientProperties: {},
        bundled: false,
      },
    ],
    dataDirectory: environment.ODRADEK_DATA ?? "",
    host,
    port: Number(environment.PORT ?? 3000),
    allowedHosts: ["localhost", "127.0.0.1", "[::1]", host],
  };
}
