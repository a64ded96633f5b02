import { FetchSnapshot } from "../../../wire/apis/fetch-snapshot.ts";
import {
  CLUSTER_AUTHORIZATION_FAILED,
  FENCED_LEADER_EPOCH,
  INCONSISTENT_CLUSTER_ID,
  INVALID_REQUEST,
  NONE,
  POSITION_OUT_OF_RANGE,
  SNAPSHOT_NOT_FOUND,
  UNKNOWN_LEADER_EPOCH,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "../../../wire/errors.ts";
import { handler } from "../../network/handler.ts";
import { METADATA_TOPIC } from "../directory-id.ts";
import type { ControllerContext } from "./services.ts";

/** The most bytes of one part. */
const PART_BYTES_MAX = 8_388_608;

/** FetchSnapshot: a part of a snapshot of the metadata, from a position in its file (KIP-630). */
export const fetchSnapshot = handler(FetchSnapshot, (request, context: ControllerContext, reply) => {
  const { controller } = context.services;
  const { log } = controller;
  if (!context.may("cluster-action", "cluster")) return reply({ errorCode: CLUSTER_AUTHORIZATION_FAILED });
  if (request.clusterId !== null && request.clusterId !== controller.clusterId)
    return reply({ errorCode: INCONSISTENT_CLUSTER_ID });
  const [topic] = request.topics;
  const [asked] = topic?.partitions ?? [];
  if (topic === undefined || asked === undefined) return reply({ errorCode: INVALID_REQUEST });
  const currentLeader = { leaderId: controller.options.config.nodeId, leaderEpoch: log.epoch };
  const { snapshotId, position } = asked;
  const answer = (
    errorCode: number,
    part: { readonly size: number; readonly unalignedRecords: Uint8Array } = {
      size: 0,
      unalignedRecords: new Uint8Array(0),
    },
  ): void =>
    reply({
      errorCode: NONE,
      topics: [
        {
          name: topic.name,
          partitions: [{ index: asked.partition, errorCode, snapshotId, currentLeader, position, ...part }],
        },
      ],
    });
  if (topic.name !== METADATA_TOPIC || asked.partition !== 0) return answer(UNKNOWN_TOPIC_OR_PARTITION);
  if (asked.currentLeaderEpoch < log.epoch) return answer(FENCED_LEADER_EPOCH);
  if (asked.currentLeaderEpoch > log.epoch) return answer(UNKNOWN_LEADER_EPOCH);
  const bytes = log.snapshotBytes(snapshotId);
  if (bytes === undefined) return answer(SNAPSHOT_NOT_FOUND);
  if (position < 0 || position >= bytes.byteLength) return answer(POSITION_OUT_OF_RANGE);
  const length = Math.min(Math.max(1, request.maxBytes), PART_BYTES_MAX);
  answer(NONE, { size: bytes.byteLength, unalignedRecords: bytes.subarray(position, position + length) });
});
