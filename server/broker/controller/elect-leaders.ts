import type { RequestOf, ResponseInput } from "../../wire/api.ts";
import type { ElectLeaders } from "../../wire/apis/elect-leaders.ts";
import {
  ELECTION_NOT_NEEDED,
  ELIGIBLE_LEADERS_NOT_AVAILABLE,
  INVALID_REQUEST,
  NONE,
  PREFERRED_LEADER_NOT_AVAILABLE,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "../../wire/errors.ts";
import { decodeMetadataRecord } from "../../wire/records/metadata/table.ts";
import { mergePartition } from "./apply-topics.ts";
import { changeRules, electionOf, isActive, type ControllerView } from "./broker-state.ts";
import { NO_LEADER, type PartitionImage, type TopicImage } from "./image.ts";
import { REQUEST_RECORDS_MAX, type Decision, type NewMetadataRecord } from "./new-record.ts";
import { changePartition, type Election } from "./partition-change.ts";

type Request = RequestOf<typeof ElectLeaders>;
type Response = ResponseInput<typeof ElectLeaders>;
type Elected = { readonly errorCode: number; readonly errorMessage: string | null };

/** Values of `electionType` (KIP-460). */
const PREFERRED = 0;
const UNCLEAN = 1;

/** Decides an ElectLeaders request. Without a list all partitions are meant, and only those that need an election are answered. */
export function electLeaders(
  view: ControllerView,
  request: Pick<Request, "electionType" | "topicPartitions">,
): Decision<Response> {
  if (request.electionType !== PREFERRED && request.electionType !== UNCLEAN)
    return { records: [], response: { errorCode: INVALID_REQUEST, replicaElectionResults: [] } };
  const election = request.electionType === PREFERRED ? "preferred" : "unclean";
  const records: NewMetadataRecord[] = [];
  const asked = request.topicPartitions ?? everything(view);
  const results = asked.map(({ topic: name, partitions }) => {
    const topic = view.image.topicsByName.get(name);
    return {
      topic: name,
      partitionResult: partitions.map((partitionId) => ({
        partitionId,
        ...electOne(view, topic, partitionId, election, records),
      })),
    };
  });
  if (request.topicPartitions !== null)
    return { records, response: { errorCode: NONE, replicaElectionResults: results } };
  const needed = results.map(({ topic, partitionResult }) => ({
    topic,
    partitionResult: partitionResult.filter((result) => result.errorCode !== ELECTION_NOT_NEEDED),
  }));
  return {
    records,
    response: {
      errorCode: NONE,
      replicaElectionResults: needed.filter(({ partitionResult }) => partitionResult.length > 0),
    },
  };
}

/** Gives leaderships back to preferred leaders that are in sync (auto.leader.rebalance.enable); as many as one batch takes. */
export function rebalanceLeaders(view: ControllerView): readonly NewMetadataRecord[] {
  const records: NewMetadataRecord[] = [];
  for (const topic of view.image.topicsByName.values()) {
    for (const partition of topic.partitions) {
      const [preferred] = partition.replicas;
      const canReturn = preferred !== undefined && preferred !== partition.leader && partition.isr.includes(preferred);
      if (!canReturn || !isActive(view.image.brokers.get(preferred))) continue;
      electOne(view, topic, partition.partition, "preferred", records);
      if (records.length >= REQUEST_RECORDS_MAX) return records;
    }
  }
  return records;
}

/** Gives a leader to partitions that nobody leads, where the topic allows an unclean election by now; as many as one batch takes. */
export function electUncleanLeaders(view: ControllerView): readonly NewMetadataRecord[] {
  const records: NewMetadataRecord[] = [];
  for (const topic of view.image.topicsByName.values()) {
    const leaderless = topic.partitions.filter(({ leader }) => leader === NO_LEADER);
    if (leaderless.length === 0 || electionOf(view, topic.name) !== "unclean") continue;
    for (const { partition } of leaderless) {
      electOne(view, topic, partition, "unclean", records);
      if (records.length >= REQUEST_RECORDS_MAX) return records;
    }
  }
  return records;
}

function everything(
  view: ControllerView,
): readonly { readonly topic: string; readonly partitions: readonly number[] }[] {
  return [...view.image.topicsByName.values()].map(({ name, partitions }) => ({
    topic: name,
    partitions: partitions.map(({ partition }) => partition),
  }));
}

function electOne(
  view: ControllerView,
  topic: TopicImage | undefined,
  partitionId: number,
  election: Election,
  records: NewMetadataRecord[],
): Elected {
  const partition = topic?.partitions[partitionId];
  if (topic === undefined || partition === undefined)
    return { errorCode: UNKNOWN_TOPIC_OR_PARTITION, errorMessage: "This server does not host this topic-partition." };
  if (election === "preferred" ? partition.leader === partition.replicas[0] : partition.leader !== NO_LEADER)
    return { errorCode: ELECTION_NOT_NEEDED, errorMessage: "Leader election not needed for topic partition." };
  const record = changePartition({
    topicId: topic.id,
    partition,
    election,
    ...changeRules(view, topic.name),
  });
  const leader = record === undefined ? partition.leader : leaderAfter(partition, record);
  if (election === "preferred" ? leader !== partition.replicas[0] : leader === NO_LEADER)
    return election === "preferred"
      ? { errorCode: PREFERRED_LEADER_NOT_AVAILABLE, errorMessage: "The preferred leader was not available." }
      : {
          errorCode: ELIGIBLE_LEADERS_NOT_AVAILABLE,
          errorMessage: "Eligible topic partition leaders are not available.",
        };
  if (record !== undefined) records.push(record);
  return { errorCode: NONE, errorMessage: null };
}

function leaderAfter(partition: PartitionImage, record: NewMetadataRecord): number {
  const decoded = decodeMetadataRecord(record);
  return decoded.name === "PartitionChangeRecord" ? mergePartition(partition, decoded.value).leader : partition.leader;
}
