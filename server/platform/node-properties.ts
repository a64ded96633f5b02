import { hostname } from "node:os";
import { join } from "node:path";
import { BrokerConfig } from "../broker/config/broker-config.ts";
import { parseProperties } from "../broker/config/properties.ts";
import type { PlatformOptions } from "../../lib/contracts/platform-options.ts";
import type { Failure } from "../broker/role-messages.ts";
import { logDirectories } from "./log-directories.ts";

/** Node id of the controller; brokers have 1, 2, 3 …, or what an adopted cluster's have. */
export const CONTROLLER_ID = 100;
/** So many ports lie between the first one for clients and that of the controller, by default. */
export const BROKERS_MAX = 98;

/** What is a broker's own on this machine. */
export type BrokerPlace = {
  readonly nodeId: number;
  /** How many ports its own are behind the first ones. */
  readonly portOffset: number;
  /** Absolute. */
  readonly logDirs: readonly string[];
};

/** The properties of one node, from weak to strong: what suits this machine, the file, --set, what the platform decides. */
type Properties = Readonly<Record<string, string>>;

/** What the platform decides for each node itself, so that nodes find each other; a file or --set may not. */
const OURS: ReadonlySet<string> = new Set([
  "node.id",
  "broker.id",
  "process.roles",
  "controller.quorum.voters",
  "controller.quorum.bootstrap.servers",
  "controller.listener.names",
  "metadata.log.dir",
]);
/** What cannot be the same for two brokers on one machine. */
const ONE_EACH: ReadonlySet<string> = new Set(["listeners", "advertised.listeners", "log.dirs", "log.dir"]);

/** Joining groups wait this long for further members; Kafka's 3 s are for machines that start one after the other. */
const INITIAL_REBALANCE_DELAY_MS = 200;

/**
 * Kafka's defaults are for networks that lose packets. On one machine a broker that is silent for 3 s is paused or gone, and its partitions should not
 * wait 9 s for another leader, nor 5 minutes to come back to the first one. An idle cluster writes nothing: Kafka's controller would, twice a second;
 * and followers of 2,000 idle topics ask for them every two seconds, because new records and new partitions end the wait at once.
 */
const ON_ONE_MACHINE: Properties = {
  "broker.session.timeout.ms": "3000",
  "broker.heartbeat.interval.ms": "500",
  "leader.imbalance.check.interval.seconds": "3",
  "metadata.max.idle.interval.ms": "0",
  "replica.fetch.wait.max.ms": "2000",
};

/** Settings that make sense only while all brokers share a machine; an ejected cluster goes by Kafka's own defaults. */
export const SUITS_ONE_MACHINE: ReadonlySet<string> = new Set([
  ...Object.keys(ON_ONE_MACHINE),
  "group.initial.rebalance.delay.ms",
]);

/** What talks only inside the cluster stays on this machine, whatever --host says. */
const LOOPBACK = "127.0.0.1";

/** Checks the file and each --set by the config table, before anything starts. The failure names every bad setting. */
export function checkProperties(options: PlatformOptions): Failure | undefined {
  const given = givenProperties(options);
  const problems = [
    ...given.flatMap(({ name, value, from }) => refusal({ name, value, from, brokers: options.brokers })),
    ...configProblems(options),
  ];
  if (problems.length === 0) return undefined;
  return {
    title: problems.length === 1 ? "A setting is refused" : `${problems.length} settings are refused`,
    detail: problems.join("\n"),
    suggestion: "Nothing was started. Correct them and start again; docs/settings.md lists every setting.",
  };
}

/** The controller's server.properties. */
export function controllerProperties(options: PlatformOptions): Properties {
  const { controllerPort, dataDirectory } = options;
  return {
    ...sizedDefaults(options.brokers),
    ...ON_ONE_MACHINE,
    ...asRecord(options, (name) => !ONE_EACH.has(name)),
    "process.roles": "controller",
    "node.id": String(CONTROLLER_ID),
    "controller.quorum.voters": `${CONTROLLER_ID}@${LOOPBACK}:${controllerPort}`,
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": `CONTROLLER:PLAINTEXT`,
    listeners: `CONTROLLER://${LOOPBACK}:${controllerPort}`,
    "log.dirs": join(dataDirectory, "controller"),
    "metadata.log.dir": join(dataDirectory, "controller"),
  };
}

/** The server.properties of a broker; `controllerPort` is the port that the controller really has. */
export function brokerProperties(options: PlatformOptions, place: BrokerPlace, controllerPort: number): Properties {
  return { ...suitable(options, place), ...asRecord(options, () => true), ...decided(place.nodeId, controllerPort) };
}

/** What suits this machine; the file and --set win over it. */
function suitable(options: PlatformOptions, { portOffset, logDirs }: BrokerPlace): Properties {
  const { host } = options;
  const external = portOf(options.externalPort, portOffset);
  const internal = portOf(options.internalPort, portOffset);
  const advertised = `EXTERNAL://${hostname()}:${external},INTERNAL://${LOOPBACK}:${internal}`;
  return {
    ...sizedDefaults(options.brokers),
    ...ON_ONE_MACHINE,
    "group.initial.rebalance.delay.ms": String(INITIAL_REBALANCE_DELAY_MS),
    listeners: `EXTERNAL://${host}:${external},INTERNAL://${LOOPBACK}:${internal}`,
    ...(isWildcard(host) && { "advertised.listeners": advertised }),
    "listener.security.protocol.map": "EXTERNAL:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "inter.broker.listener.name": "INTERNAL",
    "log.dirs": logDirs.join(","),
  };
}

/** What the platform decides, so that nodes find each other. */
function decided(nodeId: number, controllerPort: number): Properties {
  return {
    "process.roles": "broker",
    "node.id": String(nodeId),
    "controller.quorum.voters": `${CONTROLLER_ID}@${LOOPBACK}:${controllerPort}`,
    "controller.listener.names": "CONTROLLER",
  };
}

/** Three replicas, two of them in sync, where there are three brokers; else what the number of brokers allows. */
function sizedDefaults(brokers: number): Properties {
  const replicas = String(Math.min(3, brokers));
  const minInSync = brokers >= 3 ? "2" : "1";
  return {
    "default.replication.factor": replicas,
    "min.insync.replicas": minInSync,
    "offsets.topic.replication.factor": replicas,
    "transaction.state.log.replication.factor": replicas,
    "transaction.state.log.min.isr": minInSync,
  };
}

/** Addresses that mean every interface; clients cannot be told them. */
function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

/** Port 0 asks the system for a free one, for every broker. */
function portOf(first: number, offset: number): number {
  return first === 0 ? 0 : first + offset;
}

/** The names of the settings in the file and in --set. */
export function givenNames(options: PlatformOptions): ReadonlySet<string> {
  return new Set(givenProperties(options).map(({ name }) => name));
}

type Given = { readonly name: string; readonly value: string; readonly from: string };

function givenProperties({ configFile, set }: PlatformOptions): Given[] {
  const fromFile = configFile
    ? parseProperties(configFile.text).map(({ name, value, line }) => ({
        name,
        value,
        from: `${configFile.path}:${line}`,
      }))
    : [];
  const fromFlags = set.map((text) => {
    const at = text.indexOf("=");
    return at < 1
      ? { name: text, value: "", from: "--set" }
      : { name: text.slice(0, at).trim(), value: text.slice(at + 1).trim(), from: "--set" };
  });
  return [...fromFile, ...fromFlags];
}

function asRecord(options: PlatformOptions, keep: (name: string) => boolean): Properties {
  return Object.fromEntries(
    givenProperties(options).flatMap(({ name, value }) => (keep(name) && !OURS.has(name) ? [[name, value]] : [])),
  );
}

function refusal({ name, from, brokers }: Given & { readonly brokers: number }): string[] {
  if (OURS.has(name)) return [`${from}: ${name} is decided by Odradek and cannot be set.`];
  if (brokers > 1 && ONE_EACH.has(name))
    return [`${from}: ${name} cannot be the same for ${brokers} brokers; start one broker with --brokers 1 to set it.`];
  return [];
}

function configProblems(options: PlatformOptions): string[] {
  const { configFile, set } = options;
  const place = { nodeId: 1, portOffset: 0, logDirs: logDirectories(options.dataDirectory, 1) };
  const defaults = { ...suitable(options, place), ...decided(1, options.controllerPort) };
  const checked = BrokerConfig.fromTexts({ defaults, ...(configFile && { file: configFile.text }), set });
  if (checked instanceof BrokerConfig) return [];
  return checked.map(({ message }) => (configFile ? message.replace(/^line /, `${configFile.path}, line `) : message));
}
