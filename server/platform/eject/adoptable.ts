import { bootstrapFeatures, METADATA_VERSION_LEVEL } from "../../broker/controller/features.ts";
import { configKey, type MetadataImage, TOPIC_RESOURCE } from "../../broker/controller/image.ts";
import { CONTROLLER_ID } from "../node-properties.ts";
import { Refused } from "./refused.ts";
import type { StoppedDirectory } from "./stopped-directory.ts";

/** What is checked before a cluster is adopted. */
export type Candidate = {
  readonly image: MetadataImage;
  /** All directories that were given. */
  readonly given: readonly StoppedDirectory[];
  /** Where metadata and files disagree. */
  readonly problems: readonly string[];
};

/** Throws Refused with everything that keeps the bundled cluster from going on with this one. */
export function checkAdoptable(candidate: Candidate): void {
  const problems = [
    ...missingNodes(candidate),
    ...missingDirectories(candidate),
    ...candidate.problems,
    ...unknownFeatures(candidate.image),
    ...tieredTopics(candidate.image),
    ...takenId(candidate.image),
  ];
  if (problems.length > 0)
    throw new Refused(
      "The cluster cannot be adopted as it is",
      problems,
      "Nothing was written. docs/eject.md says what a cluster must be like, and how it is stopped in order.",
    );
}

/** A node of which no directory was given. */
function missingNodes({ image, given }: Candidate): string[] {
  const isGiven = (id: number): boolean => given.some(({ nodeId }) => nodeId === id);
  const brokers = [...image.brokers.keys()].filter((id) => !isGiven(id)).map((id) => `broker ${id}`);
  const controllers = [...image.controllers.keys()]
    .filter((id) => !image.brokers.has(id) && !isGiven(id))
    .map((id) => `controller ${id}`);
  return [...brokers, ...controllers].map((node) => `No directory of ${node} was given; all nodes are needed.`);
}

/** One of several log directories of a broker: what lies in it would be copied anew, or lost. */
function missingDirectories({ image, given }: Candidate): string[] {
  return [...image.brokers.values()].flatMap(({ id, logDirs }) => {
    const own = given.filter(({ nodeId }) => nodeId === id).map(({ directoryId }) => directoryId);
    const missing = own.length === 0 ? [] : logDirs.filter((directoryId) => !own.includes(directoryId));
    return missing.map(
      (directoryId) =>
        `A log directory of broker ${id} was not given, that with directory.id=${directoryId} in its meta.properties.`,
    );
  });
}

function unknownFeatures(image: MetadataImage): string[] {
  const known = new Map(bootstrapFeatures.map(({ name, level }) => [name, level]));
  return [...image.features].flatMap(([name, level]) => {
    if (level <= (known.get(name) ?? 0)) return [];
    const newest =
      name === "metadata.version" ? ` (${METADATA_VERSION_LEVEL}, that of Apache Kafka 4.2, is the newest known)` : "";
    return [`The feature ${name} is finalised at level ${level}, which is not known here${newest}.`];
  });
}

/** Segments in a remote store are not in the directories. */
function tieredTopics(image: MetadataImage): string[] {
  return [...image.topicsByName.keys()]
    .filter(
      (name) => image.configs.get(configKey({ type: TOPIC_RESOURCE, name }))?.get("remote.storage.enable") === "true",
    )
    .map((name) => `The topic ${name} has tiered storage (remote.storage.enable), a part of which is elsewhere.`);
}

/** The bundled cluster's own controller comes instead of the old ones, and is no broker. */
function takenId({ brokers }: MetadataImage): string[] {
  return brokers.has(CONTROLLER_ID)
    ? [`A broker has the id ${CONTROLLER_ID}, which is that of the bundled cluster's controller.`]
    : [];
}
