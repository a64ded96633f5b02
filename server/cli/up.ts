import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import type { PlatformOptions } from "../../lib/contracts/platform-options.ts";
import { readClientProperties } from "../console/connection/client-properties.ts";
import {
  readServiceSettings,
  servicePropertiesOf,
  serviceUrlProperties,
} from "../console/services/service-settings.ts";
import { parseClientProperties } from "./client-properties.ts";
import { Report } from "./report.ts";
import type { Failure } from "./supervised-process.ts";
import { type Addresses, Supervisor } from "./supervisor.ts";
import type { UpOptions } from "./up-options.ts";
import { installedVersion } from "./version.ts";

/** `odradek up`: starts everything, says where it is, and stays until Ctrl-C, SIGTERM or `odradek down`. Settles with the exit code. */
export async function up(options: UpOptions): Promise<number> {
  const report = new Report(options.logFormat);
  const platform = options.bootstrapServer === undefined ? platformOptions(options) : undefined;
  if (platform === undefined && !options.console) {
    report.failure({
      title: "Nothing to start",
      detail: "--bootstrap-server is for the console, and --no-console leaves it out.",
      suggestion: "Drop one of the two flags.",
    });
    return 1;
  }
  const refused = refusedClientProperties(propertiesOf(options));
  if (refused) {
    report.failure(refused);
    return 1;
  }
  const end = new Ending();
  const supervisor = new Supervisor(
    { platform, console: options.console ? consolePlan(options) : undefined, report },
    () => end.ask(),
  );
  onSignals(
    () => end.ask(),
    () => supervisor.kill(),
  );
  report.fact(
    platform ? `Starting ${describe(platform)} …` : `Starting the console for ${options.bootstrapServer ?? ""} …`,
  );
  try {
    const started = await Promise.race([supervisor.start(), end.asked]);
    if (started) greet(report, options, started);
  } catch (failure) {
    report.failure(asFailure(failure));
    return 1;
  }
  await end.asked;
  report.fact("Stopping …");
  await supervisor.stop();
  return 0;
}

function describe({ brokers, dataDirectory }: PlatformOptions): string {
  return `${brokers} broker${brokers === 1 ? "" : "s"} on ${dataDirectory}`;
}

function platformOptions(options: UpOptions): PlatformOptions {
  return {
    version: installedVersion(),
    dataDirectory: options.data,
    brokers: options.brokers,
    externalPort: options.kafkaPort,
    internalPort: options.internalPort,
    controllerPort: options.controllerPort,
    host: options.host,
    configFile: options.config,
    set: options.set,
    isolation: options.isolation,
    logFormat: options.logFormat,
    logLevel: options.logLevel,
  };
}

/** The client properties of --command-config, with what flags say of services. */
function propertiesOf({ commandConfig, schemaRegistry, connect }: UpOptions): Record<string, string> {
  return {
    ...(commandConfig && parseClientProperties(commandConfig.text)),
    ...(schemaRegistry !== undefined && { [serviceUrlProperties.schemaRegistry]: schemaRegistry }),
    ...(connect.length > 0 && { [serviceUrlProperties.connect]: connect.join(",") }),
  };
}

/** What the console could not use of the client properties, said before anything starts. */
function refusedClientProperties(properties: Readonly<Record<string, string>>): Failure | undefined {
  const readFile = (path: string) => readFileSync(path, "utf8");
  const connection = readClientProperties(properties, readFile);
  const read = connection.ok ? readServiceSettings(properties, readFile) : connection;
  if (read.ok) return undefined;
  const { title, detail, suggestion = "" } = read.problem;
  return { title, detail, suggestion };
}

function consolePlan(options: UpOptions) {
  const { host, port, data, bootstrapServer, journalTopic, decoders } = options;
  const clientProperties = propertiesOf(options);
  return {
    host,
    port,
    optionsFor: (bundled: readonly string[]) => ({
      clusters: [
        bootstrapServer === undefined
          ? {
              id: "local",
              name: "Local",
              bootstrap: bundled,
              clientProperties: servicePropertiesOf(clientProperties),
              bundled: true,
            }
          : {
              id: "cluster",
              name: bootstrapServer.split(",")[0] ?? bootstrapServer,
              bootstrap: bootstrapServer.split(",").map((server) => server.trim()),
              clientProperties,
              bundled: false,
            },
      ],
      dataDirectory: data,
      host,
      port,
      journalTopic,
      decodersDirectory: decoders,
      allowedHosts: ["localhost", "127.0.0.1", "[::1]", host, hostname()],
    }),
  };
}

/** The lines that a newcomer copies: the console, the cluster, and one try each with kcat, kafkajs and Kafka's own producer. */
function greet(report: Report, options: UpOptions, { bootstrapServers, consoleUrl }: Addresses): void {
  const bootstrap = options.bootstrapServer ?? bootstrapServers.join(",");
  const facts: [string, string][] = [
    ...(consoleUrl === undefined ? [] : [["Console", consoleUrl] satisfies [string, string]]),
    ["Bootstrap server", bootstrap],
    ...(options.bootstrapServer === undefined ? [["Data directory", options.data] satisfies [string, string]] : []),
  ];
  const [first = bootstrap] = bootstrap.split(",");
  const tries = [
    `echo hello | kcat -P -b ${first} -t greetings`,
    `node -e 'const { Kafka } = require("kafkajs"); const p = new Kafka({ brokers: ["${first}"] }).producer(); p.connect().then(() => p.send({ topic: "greetings", messages: [{ value: "hello" }] })).then(() => p.disconnect())'`,
    `kafka-console-producer.sh --bootstrap-server ${first} --topic greetings`,
  ];
  if (options.logFormat === "json") {
    report.fact("ready", { consoleUrl, bootstrapServers: bootstrap.split(","), dataDirectory: options.data });
    return;
  }
  report.fact(
    [
      "",
      "Odradek is running.",
      "",
      ...facts.map(([name, value]) => `  ${name.padEnd(18)}${value}`),
      "",
      "Try:",
      ...tries.map((line) => `  ${line}`),
      "",
      "Ctrl-C stops everything; your data stays.",
    ].join("\n"),
  );
}

/** The moment at which somebody asked for the end. */
class Ending {
  ask: () => void = () => undefined;
  readonly asked = new Promise<void>((resolve) => {
    this.ask = resolve;
  });
}

/** First signal: an orderly stop. Second: at once. */
function onSignals(stop: () => void, kill: () => void): void {
  let asked = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (asked) kill();
      asked = true;
      stop();
    });
  }
}

function asFailure(error: unknown): Failure {
  if (typeof error === "object" && error !== null && "title" in error && "detail" in error && "suggestion" in error) {
    return { title: String(error.title), detail: String(error.detail), suggestion: String(error.suggestion) };
  }
  return {
    title: "Odradek did not start",
    detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
    suggestion: "Report this with the lines above.",
  };
}
