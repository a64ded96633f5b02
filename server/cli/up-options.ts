import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { topicName } from "../../lib/contracts/primitives.ts";
import { parseAddress } from "../client/cluster-client.ts";
import { isHttpUrl } from "../console/services/service-settings.ts";
import type { LogFormat } from "./report.ts";

/** A file that a flag names, read. */
export type FlagFile = { readonly path: string; readonly text: string };

/** The flags of `odradek up`, checked. */
export type UpOptions = {
  readonly data: string;
  readonly port: number;
  readonly host: string;
  readonly brokers: number;
  readonly kafkaPort: number;
  readonly internalPort: number;
  readonly controllerPort: number;
  readonly config: FlagFile | undefined;
  readonly set: readonly string[];
  readonly bootstrapServer: string | undefined;
  readonly commandConfig: FlagFile | undefined;
  readonly schemaRegistry: string | undefined;
  readonly connect: readonly string[];
  readonly journalTopic: string | undefined;
  readonly decoders: string | undefined;
  readonly console: boolean;
  readonly isolation: "thread" | "process";
  readonly logFormat: LogFormat;
  readonly logLevel: "debug" | "info" | "warn" | "error";
};

/** Where everything is kept when --data says nothing else. */
export const DEFAULT_DATA_DIRECTORY = join(homedir(), ".odradek");

/** The flag that `up`, `down` and `status` share. */
export function dataOption(): Option {
  return new Option("--data <directory>", "where everything is kept")
    .default(DEFAULT_DATA_DIRECTORY, "~/.odradek")
    .argParser(directory);
}

/** The flag for a file of broker settings. */
export function configOption(): Option {
  return new Option("--config <file>", "a server.properties for the brokers").argParser(file);
}

/** The flag for one broker setting. */
export function setOption(): Option {
  return new Option("--set <name=value>", "one broker setting; may be repeated").default([], "none").argParser(collect);
}

/** Adds the flags of `up` to its command. */
export function addUpOptions(command: Command): Command {
  return command
    .addOption(dataOption())
    .addOption(new Option("--port <port>", "port of the console").default(3000).argParser(port))
    .addOption(new Option("--host <address>", "address to listen on; 0.0.0.0 for every interface").default("127.0.0.1"))
    .addOption(new Option("--brokers <count>", "number of brokers").default(3).argParser(count))
    .addOption(
      new Option("--kafka-port <port>", "port of broker 1 for clients; broker 2 has the next one")
        .default(9092)
        .argParser(port),
    )
    .addOption(new Option("--internal-port <port>", "port of broker 1 for other brokers").default(9192).argParser(port))
    .addOption(new Option("--controller-port <port>", "port of the controller").default(9190).argParser(port))
    .addOption(configOption())
    .addOption(setOption())
    .addOption(
      new Option("--bootstrap-server <host:port,…>", "start the console alone, for this cluster").argParser(servers),
    )
    .addOption(
      new Option(
        "--command-config <file>",
        "client properties: security.protocol, sasl.…, ssl.… for --bootstrap-server; schema.registry.…, connect.…",
      ).argParser(file),
    )
    .addOption(
      new Option(
        "--schema-registry <url>",
        "the Schema Registry beside the cluster, for the schemas of a topic",
      ).argParser(webServices),
    )
    .addOption(
      new Option("--connect <url,…>", "a Connect cluster beside the cluster; may be repeated")
        .default([], "none")
        .argParser((text: string, earlier: readonly string[]) => collect(webServices(text), earlier)),
    )
    .addOption(
      new Option("--journal-topic <name>", "a topic that the console writes its journal of changes to").argParser(
        topic,
      ),
    )
    .addOption(
      new Option(
        "--decoders <directory>",
        "where decoders of your own are (.mjs files); <data>/decoders without it",
      ).argParser(directory),
    )
    .addOption(new Option("--no-console", "start the platform alone"))
    .addOption(
      new Option("--isolation <kind>", "brokers as threads of one process, or as processes")
        .choices(["thread", "process"])
        .default("thread"),
    )
    .addOption(
      new Option("--log-format <format>", "lines for people or for machines").choices(["text", "json"]).default("text"),
    )
    .addOption(
      new Option("--log-level <level>", "what is worth a line")
        .choices(["debug", "info", "warn", "error"])
        .default("warn"),
    );
}

function topic(text: string): string {
  const parsed = topicName.safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError(parsed.error.issues[0]?.message ?? "It is no name of a topic.");
  return text;
}

function servers(text: string): string {
  try {
    for (const server of text.split(",")) parseAddress(server);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
  return text;
}

function webServices(text: string): string {
  if (text.split(",").every((url) => isHttpUrl(url.trim()))) return text;
  throw new InvalidArgumentError("Write http://host:port or https://host.");
}

function file(path: string): FlagFile {
  try {
    return { path, text: readFileSync(path, "utf8") };
  } catch (error) {
    throw new InvalidArgumentError(`It cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A directory that a flag names, absolute. */
export function directory(text: string): string {
  if (text === "") throw new InvalidArgumentError("Name a directory.");
  return isAbsolute(text) ? resolve(text) : resolve(process.cwd(), text);
}

/** A port that a flag names. */
export function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535)
    throw new InvalidArgumentError("A port is a number from 0 to 65535; 0 takes a free one.");
  return number;
}

function count(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > 99) throw new InvalidArgumentError("Give a number from 1 to 99.");
  return number;
}

/** A node id of a broker. */
export function brokerId(text: string): number {
  const number = Number(text);
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("A broker's id is a whole number.");
  return number;
}

function collect(text: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, text];
}
