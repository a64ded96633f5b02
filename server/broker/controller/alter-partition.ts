import type { RequestOf, ResponseInput } from "../../wire/api.ts";
import type { AlterPartition } from "../../wire/apis/alter-partition.ts";
import {
  FENCED_LEADER_EPOCH,
  INELIGIBLE_REPLICA,
  INVALID_REQUEST,
  INVALID_UPDATE_VERSION,
  NEW_LEADER_ELECTED,
  NONE,
  NOT_CONTROLLER,
  STALE_BROKER_EPOCH,
  UNKNOWN_TOPIC_ID,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "../../wire/errors.ts";
import { decodeMetadataRecord } from "../../wire/records/metadata/table.ts";
import { mergePartition } from "./apply-topics.ts";
import { changeRules, isActive, type ControllerView } from "./broker-state.ts";
import type { PartitionImage, TopicImage } from "./image.ts";
import type { Decision, NewMetadataRecord } from "./new-record.ts";
import { changePartition } from "./partition-change.ts";

type Request = RequestOf<typeof AlterPartition>;
type AskedPartition = Request["topics"][number]["partitions"][number];
type Response = ResponseInput<typeof AlterPartition>;
type PartitionAnswer = NonNullable<NonNullable<Response["topics"]>[number]["partitions"]>[number];
/** A broker in a new ISR with the epoch under which the leader knows it; -1 is any. */
type IsrMember = { readonly brokerId: number; readonly brokerEpoch: number };

const RECOVERED = 0;
const RECOVERING = 1;

/** Decides an AlterPartition: the leader's wish for other in-sync replicas (KIP-497, KIP-841, KIP-903). */
export function alterPartition(view: ControllerView, request: Request): Decision<Response> {
  const broker = view.image.brokers.get(request.brokerId);
  if (broker === undefined || broker.epoch !== request.brokerEpoch)
    return { records: [], response: { errorCode: STALE_BROKER_EPOCH } };
  const records: NewMetadataRecord[] = [];
  const topics = request.topics.map(({ topicId, partitions }) => {
    const topic = view.image.topicsById.get(topicId);
    return {
      topicId,
      partitions: partitions.map((asked): PartitionAnswer => {
        const answer = topic === undefined ? UNKNOWN_TOPIC_ID : alterOne(view, topic, request.brokerId, asked, records);
        return typeof answer === "number" ? { partitionIndex: asked.partitionIndex, errorCode: answer } : answer;
      }),
    };
  });
  return { records, response: { errorCode: NONE, topics } };
}

function alterOne(
  view: ControllerView,
  topic: TopicImage,
  brokerId: number,
  asked: AskedPartition,
  records: NewMetadataRecord[],
): PartitionAnswer | number {
  const partition = topic.partitions[asked.partitionIndex];
  if (partition === undefined) return UNKNOWN_TOPIC_OR_PARTITION;
  const members = membersOf(asked);
  const refused = refusalOf(partition, brokerId, asked, members) ?? ineligible(view, members);
  if (refused !== undefined) return refused;
  const record = changePartition({
    topicId: topic.id,
    partition,
    isr: members.map((member) => member.brokerId),
    election: "online",
    ...changeRules(view, topic.name),
    leaderRecoveryState: asked.leaderRecoveryState,
  });
  if (record === undefined) return answerOf(partition);
  records.push(record);
  const decoded = decodeMetadataRecord(record);
  const after = decoded.name === "PartitionChangeRecord" ? mergePartition(partition, decoded.value) : partition;
  return after.leader === brokerId ? answerOf(after) : NEW_LEADER_ELECTED;
}

/** Versions up to 2 name brokers only, later ones with their epochs; the one that the version lacks decodes as empty. */
function membersOf(asked: AskedPartition): readonly IsrMember[] {
  return asked.newIsrWithEpochs.length > 0
    ? asked.newIsrWithEpochs
    : asked.newIsr.map((brokerId) => ({ brokerId, brokerEpoch: -1 }));
}

function refusalOf(
  partition: PartitionImage,
  brokerId: number,
  asked: AskedPartition,
  members: readonly IsrMember[],
): number | undefined {
  // A leader that is ahead of us has heard another controller.
  if (asked.leaderEpoch > partition.leaderEpoch) return NOT_CONTROLLER;
  if (asked.leaderEpoch < partition.leaderEpoch) return FENCED_LEADER_EPOCH;
  if (brokerId !== partition.leader) return INVALID_REQUEST;
  if (asked.partitionEpoch > partition.partitionEpoch) return NOT_CONTROLLER;
  if (asked.partitionEpoch < partition.partitionEpoch) return INVALID_UPDATE_VERSION;
  const ids = members.map((member) => member.brokerId);
  if (new Set(ids).size !== ids.length || ids.some((id) => !partition.replicas.includes(id))) return INVALID_REQUEST;
  if (!ids.includes(partition.leader)) return INVALID_REQUEST;
  if (asked.leaderRecoveryState !== RECOVERED && asked.leaderRecoveryState !== RECOVERING) return INVALID_REQUEST;
  if (asked.leaderRecoveryState === RECOVERING && ids.length > 1) return INVALID_REQUEST;
  if (asked.leaderRecoveryState === RECOVERING && partition.leaderRecoveryState === RECOVERED) return INVALID_REQUEST;
  return undefined;
}

/** A broker that is fenced, shutting down, or came back since the leader looked, must not come in. */
function ineligible(view: ControllerView, members: readonly IsrMember[]): number | undefined {
  const wrong = members.some(({ brokerId, brokerEpoch }) => {
    const broker = view.image.brokers.get(brokerId);
    return !isActive(broker) || (brokerEpoch !== -1 && broker?.epoch !== brokerEpoch);
  });
  return wrong ? INELIGIBLE_REPLICA : undefined;
}

function answerOf(partition: PartitionImage): PartitionAnswer {
  return {
    partitionIndex: partition.partition,
    errorCode: NONE,
    leaderId: partition.leader,
    leaderEpoch: partition.leaderEpoch,
    isr: partition.isr,
    leaderRecoveryState: partition.leaderRecoveryState,
    partitionEpoch: partition.partitionEpoch,
  };
}
