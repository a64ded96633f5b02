import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
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

async function classpathOf(name: string, artifacts: readonly string[]): Promise<string> {
  const folder = join(cache, name);
  const remembered = join(folder, "classpath");
  const known = existsSync(remembered) ? readFileSync(remembered, "utf8") : undefined;
  if (known?.split(delimiter).every((jar) => existsSync(jar))) return known;

  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "pom.xml"), pom(artifacts));
  const fresh = join(folder, `classpath.${process.pid}`);
  const args = ["-q", "-B", "dependency:build-classpath", `-Dmdep.outputFile=${fresh}`];
  const { exitCode, stdout } = await runProcess("mvn", args, { cwd: folder, limitMs: 600_000 });
  if (exitCode !== 0) throw new Error(`Maven could not fetch ${name}:\n${stdout}`);
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
