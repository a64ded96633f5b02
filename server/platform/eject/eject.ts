import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EjectOptions, EjectReport } from "../../../lib/contracts/eject.ts";
import type { PlatformOptions } from "../../../lib/contracts/platform-options.ts";
import { BrokerConfig } from "../../broker/config/broker-config.ts";
import type { MetadataImage } from "../../broker/controller/image.ts";
import { readStoppedMetadata } from "../../broker/controller/read-stopped-metadata.ts";
import type { Disk } from "../../environment/environment.ts";
import { logDirectoryName } from "../log-directories.ts";
import { Members } from "../members.ts";
import { type BrokerPlace, brokerProperties } from "../node-properties.ts";
import { checkAgreement, type StoppedCluster } from "./agreement.ts";
import { carryOut, checkTarget, publish } from "./carry-out.ts";
import { javaProperties } from "./java-properties.ts";
import { kafkaSettings, asItRan } from "./kafka-settings.ts";
import { Refused } from "./refused.ts";
import { startPage } from "./start-page.ts";
import { METADATA_DIRECTORY, readStoppedDirectory, type StoppedDirectory } from "./stopped-directory.ts";
import { planFolder, planLogDirectory } from "./transfer-plan.ts";

/**
 * Makes a directory on which Apache Kafka starts, from the stopped bundled cluster, which stays as it is. Throws Refused before anything was written;
 * LogDirectoryError, CheckpointError, WireError and DiskError for files that cannot be read.
 */
export async function eject(disk: Disk, options: EjectOptions): Promise<EjectReport> {
  const { platform, to, sharesSegments } = options;
  const controller = join(platform.dataDirectory, "controller");
  const { clusterId } = readStoppedDirectory(disk, controller);
  const image = readStoppedMetadata(disk, join(controller, METADATA_DIRECTORY));
  const ids = [...image.brokers.keys()].sort((one, other) => one - other);
  const members = Members.read(platform.dataDirectory, platform.brokers);
  const byBroker = new Map(ids.map((id) => [id, directoriesOf(disk, platform, image, members.placeOf(id))]));
  const cluster: StoppedCluster = { image, clusterId, directories: [...byBroker.values()].flat() };
  const { problems, strays } = checkAgreement(cluster);
  if (problems.length > 0)
    throw new Refused(
      "The cluster cannot be ejected as it is",
      problems,
      `Nothing was written. Start it once more (odradek up), let all replicas catch up, stop it with Ctrl-C or odradek down, and try again.`,
    );
  const unfinished = `${to}.unfinished`;
  const transfers = [
    ...planFolder(controller, join(unfinished, "controller")),
    ...planFolder(join(controller, METADATA_DIRECTORY), join(unfinished, "controller", METADATA_DIRECTORY)),
    ...[...byBroker].flatMap(([id, found]) =>
      found.flatMap((directory, index) =>
        planLogDirectory(directory, image, join(unfinished, logDirectoryName(id, index)), sharesSegments),
      ),
    ),
  ];
  checkTarget(to, transfers);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const carried = carryOut(transfers);
  const places = [...byBroker].map(([id, found]) => ({
    ...members.placeOf(id),
    logDirs: found.map((_, index) => join(to, logDirectoryName(id, index))),
  }));
  const settings = kafkaSettings(asItRan(options, image, members), to, places);
  for (const [name, properties] of settings) {
    const comment = [`${name} of the cluster ${clusterId}, ejected from Odradek ${platform.version}.`];
    writeFileSync(join(unfinished, `${name}.properties`), javaProperties(comment, properties), { mode: 0o600 });
  }
  const page = startPage({ to, clusterId, settings, sharedBytes: carried.sharedBytes, leftOut: strays });
  writeFileSync(join(unfinished, "README.md"), page);
  await publish(unfinished, to);
  return { clusterId, brokers: ids, ...countOf(image), ...carried, leftOut: strays };
}

/** Topics and partitions of a cluster. */
export function countOf(image: MetadataImage): { readonly topics: number; readonly partitions: number } {
  const topics = [...image.topicsByName.values()];
  return { topics: topics.length, partitions: topics.reduce((sum, { partitions }) => sum + partitions.length, 0) };
}

/** The log directories of a broker; none when it never had a replica and its directory is gone. */
function directoriesOf(
  disk: Disk,
  platform: PlatformOptions,
  image: MetadataImage,
  place: BrokerPlace,
): StoppedDirectory[] {
  const config = BrokerConfig.fromTexts({ defaults: brokerProperties(platform, place, platform.controllerPort) });
  if (!(config instanceof BrokerConfig))
    throw new Refused(
      "A setting is refused",
      config.map(({ message }) => message),
      "Give the flags of odradek up.",
    );
  const paths = config.logDirs.filter((path) => disk.exists(path) || hasReplicas(image, place.nodeId));
  return paths.map((path) => readStoppedDirectory(disk, path));
}

function hasReplicas(image: MetadataImage, nodeId: number): boolean {
  return [...image.topicsByName.values()].some(({ partitions }) =>
    partitions.some(({ replicas }) => replicas.includes(nodeId)),
  );
}
