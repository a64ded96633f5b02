import type { RequestOf, ResponseInput } from "../../../wire/api.ts";
import { Fetch } from "../../../wire/apis/fetch.ts";
import {
  CLUSTER_AUTHORIZATION_FAILED,
  FENCED_LEADER_EPOCH,
  INCONSISTENT_CLUSTER_ID,
  INVALID_REQUEST,
  NONE,
  OFFSET_OUT_OF_RANGE,
  UNKNOWN_LEADER_EPOCH,
} from "../../../wire/errors.ts";
import { handler } from "../../network/handler.ts";
import { METADATA_TOPIC, METADATA_TOPIC_ID } from "../directory-id.ts";
import type { MetadataLog } from "../metadata-log.ts";
import type { ControllerContext } from "./services.ts";

type Request = RequestOf<typeof Fetch>;
type AskedPartition = Request["topics"][number]["partitions"][number];
type PartitionAnswer = NonNullable<NonNullable<ResponseInput<typeof Fetch>["responses"]>[number]["partitions"]>[number];

/** The most bytes of one answer (internal.metadata.max.fetch.size.in.bytes). */
const FETCH_BYTES_MAX = 8_388_608;
const NOTHING = new Uint8Array(0);

/** Fetch of `__cluster_metadata` by observers (KIP-595): answers when there is something to tell, or when the wait is over. */
export const fetch = handler(Fetch, (request, context: ControllerContext, reply) => {
  const { controller } = context.services;
  if (!context.may("cluster-action", "cluster")) return reply({ errorCode: CLUSTER_AUTHORIZATION_FAILED });
  if (request.clusterId !== null && request.clusterId !== controller.clusterId)
    return reply({ errorCode: INCONSISTENT_CLUSTER_ID });
  const [topic] = request.topics;
  const [asked] = topic?.partitions ?? [];
  const isMetadata = context.apiVersion >= 13 ? topic?.topicId === METADATA_TOPIC_ID : topic?.topic === METADATA_TOPIC;
  if (request.topics.length !== 1 || !isMetadata || asked === undefined || asked.partition !== 0)
    return reply({ errorCode: INVALID_REQUEST });
  const replicaId = request.replicaState.replicaId === -1 ? request.replicaId : request.replicaState.replicaId;
  controller.observers.fetched(replicaId, asked.replicaDirectoryId, asked.fetchOffset, controller.log.logEndOffset);
  const answer = (partition: PartitionAnswer): void => {
    const currentLeader = { leaderId: controller.options.config.nodeId, leaderEpoch: controller.log.epoch };
    reply({
      errorCode: NONE,
      responses: [{ topic: METADATA_TOPIC, topicId: METADATA_TOPIC_ID, partitions: [{ ...partition, currentLeader }] }],
    });
  };
  const now = readFor(controller.log, asked, request);
  if (now !== undefined || request.maxWaitMs <= 0) return answer(now ?? empty(controller.log));
  park(context, request.maxWaitMs, () => readFor(controller.log, asked, request), answer);
});

/** Waits for a read that has something, at most `maxWaitMs`. */
function park(
  context: ControllerContext,
  maxWaitMs: number,
  read: () => PartitionAnswer | undefined,
  answer: (partition: PartitionAnswer) => void,
): void {
  const { log, environment } = context.services.controller;
  const end = (partition: PartitionAnswer | undefined): void => {
    unwatch();
    timer.cancel();
    if (partition !== undefined) answer(partition);
  };
  const unwatch = log.watch(() => {
    const partition = read();
    if (partition !== undefined) end(partition);
  });
  const timer = environment.clock.at(environment.clock.monotonicMs() + maxWaitMs, () => end(empty(log)));
  context.onAbandon(() => end(undefined));
}

/** What there is to answer now; undefined when the observer has all and may wait. */
function readFor(log: MetadataLog, asked: AskedPartition, request: Request): PartitionAnswer | undefined {
  const { currentLeaderEpoch, fetchOffset, lastFetchedEpoch } = asked;
  if (currentLeaderEpoch >= 0 && currentLeaderEpoch < log.epoch)
    return { ...empty(log), errorCode: FENCED_LEADER_EPOCH };
  if (currentLeaderEpoch > log.epoch) return { ...empty(log), errorCode: UNKNOWN_LEADER_EPOCH };
  const { snapshot } = log;
  // Who knows nothing yet has it sooner from a snapshot than from all records before (KafkaRaftClient.tryCompleteFetchRequest).
  if (fetchOffset < log.logStartOffset || (fetchOffset === 0 && snapshot !== undefined))
    return snapshot === undefined
      ? { ...empty(log), errorCode: OFFSET_OUT_OF_RANGE }
      : { ...empty(log), snapshotId: snapshot };
  if (fetchOffset > 0 && lastFetchedEpoch >= 0 && fetchOffset > log.logStartOffset) {
    const end = log.endOffsetForEpoch(lastFetchedEpoch);
    // The observer has records that this log never had: another log, or one that lost its end.
    if (end === undefined || end.epoch < lastFetchedEpoch || end.endOffset < fetchOffset)
      return { ...empty(log), divergingEpoch: { epoch: end?.epoch ?? 0, endOffset: end?.endOffset ?? 0 } };
  }
  if (fetchOffset > log.logEndOffset)
    return { ...empty(log), divergingEpoch: { epoch: log.epoch, endOffset: log.logEndOffset } };
  if (fetchOffset >= log.highWatermark) return undefined;
  const limit = asked.partitionMaxBytes > 0 ? Math.min(asked.partitionMaxBytes, request.maxBytes) : request.maxBytes;
  return { ...empty(log), records: log.read(fetchOffset, Math.min(limit, FETCH_BYTES_MAX)) };
}

function empty(log: MetadataLog): PartitionAnswer {
  return {
    partitionIndex: 0,
    errorCode: NONE,
    highWatermark: log.highWatermark,
    lastStableOffset: -1,
    logStartOffset: log.logStartOffset,
    abortedTransactions: null,
    records: NOTHING,
  };
}
