import { ListPartitionReassignments } from "../../wire/apis/list-partition-reassignments.ts";
import { forwarded } from "./forwarded.ts";

/** The controller tells which partitions are on their way to other brokers (KIP-455), so that who started one finds it. */
export const listPartitionReassignments = forwarded(ListPartitionReassignments, (_, { errorCode, message }) => ({
  errorCode,
  errorMessage: message ?? null,
}));
