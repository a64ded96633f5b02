import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Kafka, logLevel } from "kafkajs";
import { keyStorePassword, type NodePorts, saslUser, serverProperties } from "./apache-kafka-properties.ts";
import { freePorts } from "./free-ports.ts";
import { quickJvm, runKafkaTool } from "./kafka-tool.ts";
import { kafkaClasspath, type KafkaVersion } from "./maven.ts";
import { type Finished, runProcess } from "./run-process.ts";

/** A real Apache Kafka on loopback with a data directory of its own. */
export type ApacheKafka = {
  /** PLAINTEXT listeners, `host:port` joined by commas. */
  readonly bootstrap: string;
  /** The controller's listener, of node 1. */
  readonly controllerAddress: string;
  /** SASL_PLAINTEXT listeners; `saslUser` may log in by PLAIN, SCRAM-SHA-256 and SCRAM-SHA-512. */
  readonly saslBootstrap: string;
  /** SSL listeners; empty unless asked for by `tls`. */
  readonly tlsBootstrap: string;
  /** The certificate that clients of the SSL listeners trust (PEM); empty without `tls`. */
  readonly certificate: string;
  /** The first of the log.dirs of each broker, in the order of their ids from 1. */
  readonly logDirectories: readonly string[];
  /** Process of each node, in the order of their ids. */
  readonly processIds: readonly number[];
  /** Ends every node and removes the data. */
  stop(): Promise<void>;
};

/** What to start: by default one broker of 4.2 without TLS. `properties` are added to each server.properties. */
export type ApacheKafkaOptions = {
  readonly version?: KafkaVersion;
  readonly brokers?: number;
  readonly tls?: boolean;
  /** broker.rack of each broker. */
  readonly racks?: readonly string[];
  /** How many log directories a broker has. */
  readonly directories?: number;
  readonly properties?: Readonly<Record<string, string>>;
};

type Node = { readonly process: ChildProcess; readonly output: () => string };

const READY_LIMIT_MS = 240_000;
const STOP_LIMIT_MS = 20_000;
const clusterId = "b2RyYWRlay1qdWRnZXMtMQ";

/** Formats and starts a cluster; settles when every broker answers in its metadata. Node 1 is the controller as well. */
export async function startApacheKafka(options: ApacheKafkaOptions = {}): Promise<ApacheKafka> {
  const version = options.version ?? "4.2";
  const brokers = options.brokers ?? 1;
  const directory = mkdtempSync(join(tmpdir(), "apache-kafka-"));
  const nodeIds = Array.from({ length: brokers }, (_, index) => index + 1);
  const ports = await portsOf(nodeIds);
  const tls = options.tls === true ? await makeKeyStore(directory) : undefined;

  const configs = nodeIds.map((nodeId, index) => {
    const file = join(directory, `node-${nodeId}.properties`);
    const logDirectory = join(directory, `broker-${nodeId}`);
    const more = Array.from({ length: (options.directories ?? 1) - 1 }, (_, extra) => `${logDirectory}-${extra + 2}`);
    const rack = options.racks?.[index];
    const own = ports[index];
    const first = ports[0];
    if (own === undefined || first === undefined) throw new Error("every node has ports");
    const content = serverProperties({
      nodeId,
      ports: own,
      controllerPort: first.controller,
      brokers,
      logDirectory: [logDirectory, ...more].join(","),
      keyStore: tls?.keyStore,
      overrides: { ...(rack !== undefined && { "broker.rack": rack }), ...options.properties },
    });
    writeFileSync(file, content);
    return { file, logDirectory };
  });
  for (const { file } of configs) await formatStorage(version, file);

  const addresses = (listener: keyof NodePorts) => ports.map((own) => `127.0.0.1:${own[listener]}`).join(",");
  const bootstrap = addresses("plaintext");
  const remove = () => rmSync(directory, { recursive: true, force: true });
  const nodes = await startKafkaNodes(
    version,
    configs.map(({ file }) => file),
    bootstrap,
  ).catch((error: unknown) => {
    remove();
    throw error;
  });
  return {
    bootstrap,
    controllerAddress: `127.0.0.1:${ports[0]?.controller}`,
    saslBootstrap: addresses("sasl"),
    tlsBootstrap: tls === undefined ? "" : addresses("tls"),
    certificate: tls?.certificate ?? "",
    logDirectories: configs.map(({ logDirectory }) => logDirectory),
    processIds: nodes.processIds,
    stop: async () => {
      await nodes.stop();
      remove();
    },
  };
}

/** Nodes of Apache Kafka that run on directories of somebody else's. */
export type KafkaNodes = {
  readonly processIds: readonly number[];
  /** The last that each node wrote, by its place among the files. */
  output(): readonly string[];
  /** Ends the nodes in order and keeps their directories: the first, which is the controller, last. */
  stop(): Promise<void>;
};

/** Starts a node for each server.properties, the first of which is a controller's; settles when all brokers of `bootstrap` are in the metadata. */
export async function startKafkaNodes(
  version: KafkaVersion,
  files: readonly string[],
  bootstrap: string,
): Promise<KafkaNodes> {
  const classpath = await kafkaClasspath(version);
  const nodes = files.map((file) => startNode(classpath, file));
  const stop = async () => {
    const [controller, ...others] = nodes;
    await Promise.all(others.map(stopNode));
    if (controller) await stopNode(controller);
  };
  try {
    await untilReady(bootstrap.split(","), nodes);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    processIds: nodes.flatMap(({ process: child }) => child.pid ?? []),
    output: () => nodes.map((node) => node.output()),
    stop,
  };
}

async function portsOf(nodeIds: readonly number[]): Promise<readonly NodePorts[]> {
  const free = await freePorts(nodeIds.length * 4);
  return nodeIds.map((_, index) => {
    const [plaintext, sasl, tls, controller] = free.slice(index * 4);
    if (plaintext === undefined || sasl === undefined || tls === undefined || controller === undefined) {
      throw new Error("four ports a node");
    }
    return { plaintext, sasl, tls, controller };
  });
}

async function formatStorage(version: KafkaVersion, properties: string): Promise<void> {
  const users = ["SCRAM-SHA-256", "SCRAM-SHA-512"].flatMap((mechanism) => [
    "--add-scram",
    `${mechanism}=[name=${saslUser.username},password=${saslUser.password}]`,
  ]);
  const finished = await runKafkaTool("storage", ["format", "-t", clusterId, "-c", properties, ...users], { version });
  expectSuccess("StorageTool", finished);
}

/** A self-signed certificate for 127.0.0.1 and localhost, by the JVM's keytool. */
async function makeKeyStore(directory: string) {
  const keyStore = join(directory, "keystore.p12");
  const common = ["-keystore", keyStore, "-storetype", "PKCS12", "-storepass", keyStorePassword, "-alias", "kafka"];
  const subject = ["-dname", "CN=localhost", "-ext", "SAN=IP:127.0.0.1,DNS:localhost", "-validity", "30"];
  expectSuccess("keytool", await runProcess("keytool", ["-genkeypair", "-keyalg", "RSA", ...subject, ...common]));
  const exported = await runProcess("keytool", ["-exportcert", "-rfc", ...common]);
  expectSuccess("keytool", exported);
  return { keyStore, certificate: exported.stdout };
}

function expectSuccess(program: string, { exitCode, stdout, stderr }: Finished): void {
  if (exitCode !== 0) throw new Error(`${program} ended with ${exitCode}:\n${stdout}${stderr}`);
}

function startNode(classpath: string, properties: string): Node {
  const child = spawn("java", [...quickJvm, "-cp", classpath, "kafka.Kafka", properties]);
  let output = "";
  const keep = (text: string) => (output = (output + text).slice(-200_000));
  child.stdout.setEncoding("utf8").on("data", keep);
  child.stderr.setEncoding("utf8").on("data", keep);
  child.on("error", (error) => keep(error.message));
  return { process: child, output: () => output };
}

async function untilReady(bootstrap: readonly string[], nodes: readonly Node[]): Promise<void> {
  const deadline = performance.now() + READY_LIMIT_MS;
  for (;;) {
    const dead = nodes.find(({ process }) => process.exitCode !== null);
    if (dead) throw new Error(`Apache Kafka ended while starting:\n${dead.output()}`);
    if ((await brokersIn(bootstrap)) === bootstrap.length) return;
    if (performance.now() > deadline) {
      throw new Error(`Apache Kafka was not ready in time:\n${nodes.map((node) => node.output()).join("\n")}`);
    }
    await pause(100);
  }
}

/** How many brokers the cluster's own metadata names; 0 while nobody answers. */
async function brokersIn(bootstrap: readonly string[]): Promise<number> {
  const kafka = new Kafka({ brokers: [...bootstrap], logLevel: logLevel.NOTHING, retry: { retries: 0 } });
  const admin = kafka.admin();
  try {
    await admin.connect();
    return (await admin.describeCluster()).brokers.length;
  } catch {
    return 0;
  } finally {
    await admin.disconnect();
  }
}

function stopNode({ process }: Node): Promise<void> {
  return new Promise((resolve) => {
    if (process.exitCode !== null || process.signalCode !== null || process.pid === undefined) return resolve();
    const giveUp = setTimeout(() => process.kill("SIGKILL"), STOP_LIMIT_MS);
    process.once("close", () => {
      clearTimeout(giveUp);
      resolve();
    });
    process.kill("SIGTERM");
  });
}
