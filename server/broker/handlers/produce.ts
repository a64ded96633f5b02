import {
  CORRUPT_MESSAGE,
  INVALID_REQUIRED_ACKS,
  INVALID_TXN_STATE,
  KAFKA_STORAGE_ERROR,
  MESSAGE_TOO_LARGE,
  NONE,
  NOT_LEADER_OR_FOLLOWER,
  RECORD_LIST_TOO_LARGE,
  TOPIC_AUTHORIZATION_FAILED,
  TRANSACTION_ABORTABLE,
  UNKNOWN_TOPIC_ID,
  UNKNOWN_TOPIC_OR_PARTITION,
  UNSUPPORTED_COMPRESSION_TYPE,
} from "../../wire/errors.ts";
import { Produce } from "../../wire/apis/produce.ts";
import type { RequestOf, ResponseInput } from "../../wire/api.ts";
import { BatchView } from "../../wire/record-batch.ts";
import type { AppendRefusal } from "../log/append.ts";
import { hotHandler } from "../network/handler.ts";
import { isRefusal } from "../refusal.ts";
import type { Cancel } from "../replica/purgatory.ts";
import type { TopicPartition } from "../topic-partition.ts";
import { LeaderHints } from "./leader-hint.ts";
import type { BrokerCall } from "./services.ts";

type Request = RequestOf<typeof Produce>;
type TopicResult = { name: string; topicId: string; partitionResponses: PartitionResult[] };
/** One partition's answer; `errorCode` may still change while replicas are waited for. */
type PartitionResult = {
  readonly index: number;
  errorCode: number;
  baseOffset: number;
  logAppendTimeMs: number;
  logStartOffset: number;
  recordErrors?: readonly { readonly batchIndex: number; readonly batchIndexErrorMessage: string }[];
  errorMessage: string | null;
  currentLeader?: { leaderId: number; leaderEpoch: number };
};
/** A partition whose answer waits until all in-sync replicas have the batch, or this broker's disk (log.flush.policy=group). */
type Awaited = {
  readonly topicPartition: TopicPartition;
  readonly endOffset: number;
  readonly by: "replicas" | "disk";
  readonly result: PartitionResult;
};

/** From this version on clients know TRANSACTION_ABORTABLE (KIP-890). */
const KNOWS_ABORTABLE = 11;
const NO_RECORDS = new Uint8Array(0);

/**
 * Appends batches. The records are used where they lie in the receive buffer, so everything is appended before this returns;
 * with acks=-1 only numbers wait for the replicas.
 */
export const produce = hotHandler(Produce, { overlaps: true }, (request, call: BrokerCall) => {
  const awaited: Awaited[] = [];
  const sizeBytes = call.frame.byteLength;
  const responses = request.topicData.map((topic) => appendTopic(request, topic, call, awaited));
  if (awaited.length > 0)
    return awaitAll(awaited, request.timeoutMs, call, () => end(request.acks, responses, sizeBytes, call));
  end(request.acks, responses, sizeBytes, call);
});

function end(acks: number, responses: readonly TopicResult[], sizeBytes: number, call: BrokerCall): void {
  call.useQuota("producer_byte_rate", sizeBytes);
  if (acks === 0) endWithoutAnswer(responses, call);
  else answer(responses, call);
}

function appendTopic(
  request: Request,
  topic: Request["topicData"][number],
  call: BrokerCall,
  awaited: Awaited[],
): TopicResult {
  const { name, errorCode } = findTopic(topic, call);
  const partitionResponses = topic.partitionData.map(({ index, records }) => {
    if (errorCode !== NONE) return refused(index, { errorCode });
    return appendPartition(request, { topic: name, partition: index }, records, call, awaited);
  });
  return { name: topic.name, topicId: topic.topicId, partitionResponses };
}

/** The topic's name, or why nothing can be appended to it. */
function findTopic(topic: Request["topicData"][number], call: BrokerCall): { name: string; errorCode: number } {
  const byId = call.apiVersion >= 13;
  const name = byId ? call.services.image().topicsById.get(topic.topicId)?.name : topic.name;
  if (name === undefined) return { name: "", errorCode: UNKNOWN_TOPIC_ID };
  if (!call.may("write", { topic: name })) return { name, errorCode: TOPIC_AUTHORIZATION_FAILED };
  return { name, errorCode: byId || call.services.image().topicsByName.has(name) ? NONE : UNKNOWN_TOPIC_OR_PARTITION };
}

function appendPartition(
  { acks, transactionalId }: Request,
  topicPartition: TopicPartition,
  records: Uint8Array | null,
  call: BrokerCall,
  awaited: Awaited[],
): PartitionResult {
  const index = topicPartition.partition;
  if (acks !== 0 && acks !== 1 && acks !== -1) return refused(index, { errorCode: INVALID_REQUIRED_ACKS });
  // No transaction can be open here, because InitProducerId gives no transactional producer its id.
  if (transactionalId !== null)
    return refused(index, {
      errorCode: call.apiVersion >= KNOWS_ABORTABLE ? TRANSACTION_ABORTABLE : INVALID_TXN_STATE,
    });
  const appended = call.services.replicas.append(topicPartition, records ?? NO_RECORDS, {
    acks,
    origin: "client",
    apiVersion: call.apiVersion,
  });
  if (isRefusal(appended)) return refused(index, appended, logStartFor(appended, records, topicPartition, call));
  const result: PartitionResult = {
    index,
    errorCode: NONE,
    baseOffset: appended.baseOffset,
    logAppendTimeMs: appended.logAppendTimeMs,
    logStartOffset: appended.logStartOffset,
    errorMessage: null,
  };
  const endOffset = appended.lastOffset + 1;
  if (acks === -1) awaited.push({ topicPartition, endOffset, by: "replicas", result });
  else if (acks === 1 && !appended.isPromised) awaited.push({ topicPartition, endOffset, by: "disk", result });
  return result;
}

/** As Kafka, tells why in words only where single records are to blame (KIP-467). */
function refused(
  index: number,
  { errorCode, message, recordErrors }: AppendRefusal,
  logStartOffset = -1,
): PartitionResult {
  const result: PartitionResult = {
    index,
    errorCode,
    baseOffset: -1,
    logAppendTimeMs: -1,
    logStartOffset,
    errorMessage: recordErrors === undefined ? null : (message ?? null),
  };
  if (recordErrors === undefined) return result;
  return {
    ...result,
    recordErrors: recordErrors.map((error) => ({
      batchIndex: error.batchIndex,
      batchIndexErrorMessage: error.message,
    })),
  };
}

/** Refusals that say nothing of the log: it was not looked at, or cannot be used (ReplicaManager.appendToLocalLog). */
const WITHOUT_LOG_START: ReadonlySet<number> = new Set([
  UNKNOWN_TOPIC_OR_PARTITION,
  NOT_LEADER_OR_FOLLOWER,
  MESSAGE_TOO_LARGE,
  RECORD_LIST_TOO_LARGE,
  CORRUPT_MESSAGE,
  KAFKA_STORAGE_ERROR,
  UNSUPPORTED_COMPRESSION_TYPE,
]);

function logStartFor(
  { errorCode }: AppendRefusal,
  records: Uint8Array | null,
  topicPartition: TopicPartition,
  call: BrokerCall,
): number {
  if (WITHOUT_LOG_START.has(errorCode) || records === null || !isOneBatch(records)) return -1;
  const partition = call.services.replicas.leader(topicPartition);
  return isRefusal(partition) ? -1 : partition.log.logStartOffset;
}

/** Whether the records are one batch of the newest format; what is not, Kafka refuses before it looks at the log. */
function isOneBatch(records: Uint8Array): boolean {
  const batch = new BatchView().point(records);
  return batch.fault() === null && batch.sizeBytes === records.byteLength;
}

function awaitAll(awaited: readonly Awaited[], timeoutMs: number, call: BrokerCall, done: () => void): void {
  const { replicas, environment } = call.services;
  const deadlineMs = environment.clock.monotonicMs() + Math.max(0, timeoutMs);
  let open = awaited.length;
  const cancels: Cancel[] = [];
  for (const { topicPartition, endOffset, by, result } of awaited) {
    const finish = (errorCode: number): void => {
      if (errorCode !== NONE) {
        result.errorCode = errorCode;
        result.baseOffset = -1;
        result.logStartOffset = -1;
      }
      open--;
      if (open === 0) done();
    };
    cancels.push(
      by === "disk"
        ? replicas.awaitPromise(topicPartition, endOffset, deadlineMs, finish)
        : replicas.awaitReplication(topicPartition, endOffset, deadlineMs, finish),
    );
  }
  if (open > 0) call.onAbandon(() => cancels.forEach((cancel) => cancel()));
}

function answer(responses: readonly TopicResult[], call: BrokerCall): void {
  const response: ResponseInput<typeof Produce> = { responses };
  if (call.apiVersion < 10 || responses.every(isDone)) return call.answer(Produce, response);
  const hints = new LeaderHints(call.services.image(), call.listenerName);
  for (const { name, topicId, partitionResponses } of responses) {
    const topic = call.apiVersion >= 13 ? (call.services.image().topicsById.get(topicId)?.name ?? "") : name;
    for (const result of partitionResponses) {
      const leader = hints.after(result.errorCode, { topic, partition: result.index });
      if (leader !== undefined) result.currentLeader = leader;
    }
  }
  call.answer(Produce, { responses, nodeEndpoints: hints.nodeEndpoints });
}

function isDone({ partitionResponses }: TopicResult): boolean {
  return partitionResponses.every(({ errorCode }) => errorCode === NONE);
}

/** With acks=0 a client hears of an error only by the connection being closed, and then asks for metadata. */
function endWithoutAnswer(responses: readonly TopicResult[], call: BrokerCall): void {
  if (responses.every(isDone)) call.answerNothing();
  else call.refuse("produce with acks=0 failed, so the connection is closed");
}
