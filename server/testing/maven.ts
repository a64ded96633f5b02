import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProcess } from "./run-process.ts";

/** A line of Apache Kafka's releases that tests run against. */
export type KafkaVersion = "4.4" | "4.2" | "3.9";

/** The newest release of each line, with what its published POM leaves out. */
const releases: Record<KafkaVersion, { readonly release: string; readonly artifacts: readonly string[] }> = {
  "4.4": {
    release: "4.4.0",
    artifacts: [
      "org.apache.kafka:kafka_2.13:4.4.0",
      "org.apache.kafka:kafka-tools:4.4.0",
      "org.apache.logging.log4j:log4j-slf4j-impl:2.25.5",
    ],
  },
  "4.2": {
    release: "4.2.2",
    artifacts: [
      "org.apache.kafka:kafka_2.13:4.2.2",
      "org.apache.kafka:kafka-tools:4.2.2",
      "org.apache.logging.log4j:log4j-slf4j-impl:2.25.5",
    ],
  },
  "3.9": {
    release: "3.9.2",
    artifacts: ["org.apache.kafka:kafka_2.13:3.9.2", "org.apache.kafka:kafka-tools:3.9.2"],
  },
};

const cache = fileURLToPath(new URL("../../.cache/judges/", import.meta.url));

/** Kafka's remote log storage for tests, which keeps segments in a directory: of the newest release of 4.2 that published it. */
const tieredStorage = { release: "4.2.0", artifact: "org.apache.kafka:kafka-storage:4.2.0:test" };

/** The class path of Apache Kafka and its tools, fetched by Maven on first use and remembered in .cache/. */
export function kafkaClasspath(version: KafkaVersion): Promise<string> {
  const { release, artifacts } = releases[version];
  return classpathOf(`kafka-${release}`, artifacts);
}

/** The jar with `LocalTieredStorage`, for `remote.log.storage.manager.class.path`. */
export async function tieredStorageJar(): Promise<string> {
  const { release, artifact } = tieredStorage;
  const name = `kafka-storage-${release}-test.jar`;
  const classpath = await classpathOf(`kafka-storage-${release}-test`, [artifact]);
  const jar = classpath.split(delimiter).find((path) => basename(path) === name);
  if (jar === undefined) throw new Error(`${name} was not fetched`);
  return jar;
}

/** The class path of Kafka Connect with its file connectors: of the newest release of 4.2 that published them. */
export function connectClasspath(): Promise<string> {
  return classpathOf("connect-4.2.0", [
    "org.apache.kafka:connect-runtime:4.2.0",
    "org.apache.kafka:connect-file:4.2.0",
    "org.apache.logging.log4j:log4j-slf4j-impl:2.25.5",
  ]);
}

/** The jar of Apicurio Registry, which serves Confluent's API of a Schema Registry; the others that it needs lie beside it. */
export async function registryJar(): Promise<string> {
  const folder = join(cache, "apicurio-registry-3.0.9");
  const jar = join(folder, "apicurio-registry-app-3.0.9-runner.jar");
  if (existsSync(jar)) return jar;
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  const artifact = "io.apicurio:apicurio-registry-app:3.0.9:tar.gz:all";
  const copy = ["-q", "-B", "dependency:copy", `-Dartifact=${artifact}`, `-DoutputDirectory=${fresh}`];
  await runOrThrow("mvn", copy, fresh);
  const archive = join(fresh, "apicurio-registry-app-3.0.9-all.tar.gz");
  await runOrThrow("tar", ["-xzf", archive], fresh);
  rmSync(archive);
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
  return jar;
}

async function runOrThrow(command: string, args: readonly string[], cwd: string): Promise<void> {
  const { exitCode, stdout, stderr } = await runProcess(command, args, { cwd, limitMs: 600_000 });
  if (exitCode !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${exitCode}:\n${stdout}${stderr}`);
}

async function classpathOf(name: string, artifacts: readonly string[]): Promise<string> {
  const folder = join(cache, name);
  const remembered = join(folder, "classpath");
  const known = existsSync(remembered) ? readFileSync(remembered, "utf8") : undefined;
  if (known?.split(delimiter).every((jar) => existsSync(jar))) return known;

  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "pom.xml"), pom(artifacts));
  const fresh = join(folder, `classpath.${process.pid}`);
  const args = ["-q", "-B", "dependency:build-classpath", `-Dmdep.outputFile=${fresh}`];
  await runOrThrow("mvn", args, folder);
  renameSync(fresh, remembered);
  return readFileSync(remembered, "utf8");
}

/** The jar of one of Kafka's artifacts, for example `kafka-clients`, whose common/message/ holds the protocol's JSON. */
export async function kafkaJar(version: KafkaVersion, artifact: string): Promise<string> {
  const name = `${artifact}-${releases[version].release}.jar`;
  const jar = (await kafkaClasspath(version)).split(delimiter).find((path) => basename(path) === name);
  if (jar === undefined) throw new Error(`${name} is not on the class path of Apache Kafka ${version}`);
  return jar;
}

function pom(artifacts: readonly string[]): string {
  const dependencies = artifacts.map((artifact) => {
    const [groupId, artifactId, version, classifier] = artifact.split(":");
    const variant = classifier === undefined ? "" : `<classifier>${classifier}</classifier>`;
    return `<dependency><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version>${variant}</dependency>`;
  });
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>odradek</groupId><artifactId>judges</artifactId><version>1</version>
  <dependencies>${dependencies.join("")}</dependencies>
</project>
`;
}
