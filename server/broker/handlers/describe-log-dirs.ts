import { DescribeLogDirs } from "../../wire/apis/describe-log-dirs.ts";
import { CLUSTER_AUTHORIZATION_FAILED, NONE } from "../../wire/errors.ts";
import { handler } from "../network/handler.ts";
import { inSlices } from "../network/in-slices.ts";
import type { LogDirDescription } from "../replica/log-dirs.ts";
import type { BrokerContext } from "./services.ts";

/** Tells what lies in this broker's log directories and how large it is (KIP-113, KIP-827). */
export const describeLogDirs = handler(DescribeLogDirs, (request, context: BrokerContext, reply) => {
  if (!context.may("describe", "cluster")) return reply({ errorCode: CLUSTER_AUTHORIZATION_FAILED });
  const { replicas, moves } = context.services;
  const asked =
    request.topics?.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition }))) ?? null;
  inSlices(context, replicas.describeLogDirs(asked, moves.futures()), (directories) =>
    reply({ errorCode: NONE, results: directories.map(toWire) }),
  );
});

function toWire({ errorCode, path, totalBytes, usableBytes, topics }: LogDirDescription) {
  return {
    errorCode,
    logDir: path,
    totalBytes,
    usableBytes,
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partition, sizeBytes, offsetLag, isFuture }) => ({
        partitionIndex: partition,
        partitionSize: sizeBytes,
        offsetLag,
        isFutureKey: isFuture,
      })),
    })),
  };
}
