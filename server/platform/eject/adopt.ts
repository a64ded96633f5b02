import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { AdoptOptions, EjectReport } from "../../../lib/contracts/eject.ts";
import type { MutableImage } from "../../broker/controller/image.ts";
import { readStoppedMetadata } from "../../broker/controller/read-stopped-metadata.ts";
import { writeSnapshot } from "../../broker/controller/snapshot-file.ts";
import { writeMetaProperties } from "../../broker/log/meta-properties.ts";
import type { Environment } from "../../environment/environment.ts";
import { logDirectoryName } from "../log-directories.ts";
import { Members } from "../members.ts";
import { CONTROLLER_ID } from "../node-properties.ts";
import { checkAdoptable } from "./adoptable.ts";
import { checkAgreement } from "./agreement.ts";
import { carryOut, checkTarget, syncAll } from "./carry-out.ts";
import { countOf } from "./eject.ts";
import { findDirectories } from "./find-directories.ts";
import { Refused } from "./refused.ts";
import { METADATA_DIRECTORY, type StoppedDirectory } from "./stopped-directory.ts";
import { planLogDirectory } from "./transfer-plan.ts";

/** Where an adopted cluster is built before it gets its name. */
const UNFINISHED = "adopting";

/**
 * Takes a stopped cluster of Apache Kafka into a data directory that holds none; Kafka's directories stay as they are. The metadata come as one snapshot,
 * so that neither the voters nor the controllers of the old quorum matter. Throws Refused before anything was written; LogDirectoryError,
 * CheckpointError, WireError and DiskError for files that cannot be read.
 */
export async function adopt({ disk, random, clock }: Environment, options: AdoptOptions): Promise<EjectReport> {
  const { dataDirectory, from, sharesSegments } = options;
  const found = findDirectories(disk, from);
  const { image, source } = newestMetadata(disk, found);
  const directories = found.filter((directory) => isLogDirectory(image, directory));
  const named = namesOf(directories);
  const { problems, strays } = checkAgreement({ image, clusterId: source.clusterId, directories });
  checkAdoptable({ image, given: found, problems });

  const unfinished = join(dataDirectory, UNFINISHED);
  const transfers = named.flatMap(({ name, directory }) =>
    planLogDirectory(directory, image, join(unfinished, name), sharesSegments),
  );
  const finished = [...named.map(({ name }) => name), "controller"];
  rmSync(unfinished, { recursive: true, force: true });
  for (const name of finished) checkTarget(join(dataDirectory, name), transfers);
  const carried = carryOut(transfers);
  writeMetadata(disk, join(unfinished, "controller"), image, {
    clusterId: source.clusterId,
    directoryId: random.uuid(),
    nowMs: clock.wallMs(),
  });
  await syncAll();
  Members.adopt(dataDirectory, [...image.brokers.keys()]);
  for (const name of finished) renameSync(join(unfinished, name), join(dataDirectory, name));
  rmSync(unfinished, { recursive: true, force: true });
  return {
    clusterId: source.clusterId,
    brokers: [...image.brokers.keys()],
    ...countOf(image),
    ...carried,
    leftOut: strays,
  };
}

/** Whether replicas live there: not in a controller's directory, nor in a metadata.log.dir of its own. */
function isLogDirectory(image: MutableImage, { nodeId, directoryId, partitions }: StoppedDirectory): boolean {
  return partitions.size > 0 || image.brokers.get(nodeId)?.logDirs.includes(directoryId) === true;
}

/** What each directory is called in a data directory. */
function namesOf(
  directories: readonly StoppedDirectory[],
): { readonly name: string; readonly directory: StoppedDirectory }[] {
  return directories.map((directory, at) => {
    const index = directories.slice(0, at).filter(({ nodeId }) => nodeId === directory.nodeId).length;
    return { name: logDirectoryName(directory.nodeId, index), directory };
  });
}

/** Of all copies of the metadata log, which every node has, the one that goes furthest. */
function newestMetadata(
  disk: Environment["disk"],
  found: readonly StoppedDirectory[],
): { readonly image: MutableImage; readonly source: StoppedDirectory } {
  const copies = found
    .filter(({ hasMetadataLog }) => hasMetadataLog)
    .map((source) => ({ source, image: readStoppedMetadata(disk, join(source.path, METADATA_DIRECTORY)) }));
  const [newest] = copies.sort(
    (one, other) =>
      other.image.provenance.epoch - one.image.provenance.epoch ||
      other.image.provenance.offset - one.image.provenance.offset,
  );
  if (newest === undefined || newest.image.provenance.offset < 0)
    throw new Refused(
      "The metadata log is not among the directories",
      [`None of ${found.map(({ path }) => path).join(", ")} has records in ${METADATA_DIRECTORY}.`],
      "Give the metadata.log.dir of the controllers as well.",
    );
  return newest;
}

function writeMetadata(
  disk: Environment["disk"],
  directory: string,
  image: MutableImage,
  identity: { readonly clusterId: string; readonly directoryId: string; readonly nowMs: number },
): void {
  // The old controllers are gone: ours registers itself.
  image.controllers.clear();
  const folder = join(directory, METADATA_DIRECTORY);
  mkdirSync(folder, { recursive: true });
  const { clusterId, directoryId, nowMs } = identity;
  writeMetaProperties(disk, directory, { clusterId, nodeId: CONTROLLER_ID, directoryId });
  writeSnapshot(disk, folder, image, nowMs);
}
