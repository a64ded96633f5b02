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
  /** Those of them that are log directories of brokers. */
  readonly brokers: readonly StoppedDirectory[];
  /** Where metadata and files disagree. */
  readonly problems: readonly string[];
};

/** Throws Refused with everything that keeps the bundled cluster from going on with this one. */
export function checkAdoptable(candidate: Candidate): void {
  const problems = [
    ...missingNodes(candidate),
    ...candidate.problems,
    ...unknownFeatures(candidate.image),
    ...tieredTopics(candidate.image),
    ...unknownLayout(candidate),
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

/** The bundled cluster has brokers 1 to N with one log directory each, and no broker with the controller's id. */
function unknownLayout({ image, brokers }: Candidate): string[] {
  const ids = [...image.brokers.keys()].sort((one, other) => one - other);
  const counted = ids.every((id, index) => id === index + 1 && id < CONTROLLER_ID);
  const several = ids.filter((id) => brokers.filter(({ nodeId }) => nodeId === id).length > 1);
  return [
    ...(counted
      ? []
      : [`The brokers have the ids ${ids.join(", ")}; the bundled cluster's are 1, 2, 3 … without a gap.`]),
    ...several.map((id) => `Broker ${id} has several log directories; the bundled cluster's brokers have one each.`),
  ];
}
