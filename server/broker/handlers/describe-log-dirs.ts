import { DescribeLogDirs } from "../../wire/apis/describe-log-dirs.ts";
import { CLUSTER_AUTHORIZATION_FAILED, NONE } from "../../wire/errors.ts";
import { handler } from "../network/handler.ts";
import type { BrokerContext } from "./services.ts";

/** Tells what lies in this broker's log directories and how large it is (KIP-113, KIP-827). */
export const describeLogDirs = handler(DescribeLogDirs, (request, context: BrokerContext, reply) => {
  if (!context.may("describe", "cluster")) return reply({ errorCode: CLUSTER_AUTHORIZATION_FAILED });
  const { replicas, moves } = context.services;
  const asked =
    request.topics?.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition }))) ?? null;
  const results = replicas.describeLogDirs(asked, moves.futures()).map((directory) => ({
    errorCode: directory.errorCode,
    logDir: directory.path,
    totalBytes: directory.totalBytes,
    usableBytes: directory.usableBytes,
    topics: directory.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partition, sizeBytes, offsetLag, isFuture }) => ({
        partitionIndex: partition,
        partitionSize: sizeBytes,
        offsetLag,
        isFutureKey: isFuture,
      })),
    })),
  }));
  reply({ errorCode: NONE, results });
});
