import { DescribeQuorum } from "../../../wire/apis/describe-quorum.ts";
import {
  CLUSTER_AUTHORIZATION_FAILED,
  INVALID_REQUEST,
  NONE,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "../../../wire/errors.ts";
import { handler } from "../../network/handler.ts";
import { METADATA_TOPIC, ZERO_UUID } from "../directory-id.ts";
import type { ControllerContext } from "./services.ts";

/** The first version whose answer has the nodes (KIP-853). */
const NAMES_NODES = 2;

/** DescribeQuorum: the one voter, and the brokers that copy its log (KIP-595, KIP-836). Static voters have no directory ids (kraft.version 0). */
export const describeQuorum = handler(DescribeQuorum, (request, context: ControllerContext, reply) => {
  const { controller } = context.services;
  if (!context.may("describe", "cluster")) return reply({ errorCode: CLUSTER_AUTHORIZATION_FAILED });
  const [topic] = request.topics;
  const [asked] = topic?.partitions ?? [];
  if (topic === undefined || asked === undefined || request.topics.length !== 1)
    return reply({ errorCode: INVALID_REQUEST });
  const { log, options, environment } = controller;
  const leaderId = options.config.nodeId;
  if (topic.topicName !== METADATA_TOPIC || asked.partitionIndex !== 0)
    return reply({
      errorCode: NONE,
      topics: [
        {
          topicName: topic.topicName,
          partitions: [{ partitionIndex: asked.partitionIndex, errorCode: UNKNOWN_TOPIC_OR_PARTITION }],
        },
      ],
    });
  const nowMs = environment.clock.wallMs();
  const voter = {
    replicaId: leaderId,
    replicaDirectoryId: ZERO_UUID,
    logEndOffset: log.logEndOffset,
    lastFetchTimestamp: nowMs,
    lastCaughtUpTimestamp: nowMs,
  };
  const observers = controller.observers.list().map((observer) => ({
    replicaId: observer.replicaId,
    replicaDirectoryId: ZERO_UUID,
    logEndOffset: observer.logEndOffset,
    lastFetchTimestamp: observer.lastFetchTimestampMs,
    lastCaughtUpTimestamp: observer.lastCaughtUpTimestampMs,
  }));
  const { epoch: leaderEpoch, highWatermark } = log;
  const partition = {
    partitionIndex: 0,
    errorCode: NONE,
    errorMessage: null,
    leaderId,
    leaderEpoch,
    highWatermark,
    currentVoters: [voter],
    observers,
  };
  const endpoints = controller.image.controllers.get(leaderId)?.endpoints ?? [];
  const nodes = [{ nodeId: leaderId, listeners: endpoints.map(({ name, host, port }) => ({ name, host, port })) }];
  reply({
    errorCode: NONE,
    errorMessage: null,
    topics: [{ topicName: METADATA_TOPIC, partitions: [partition] }],
    nodes: context.apiVersion >= NAMES_NODES ? nodes : [],
  });
});
