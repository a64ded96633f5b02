import { AlterPartitionReassignments } from "../../wire/apis/alter-partition-reassignments.ts";
import { forwarded } from "./forwarded.ts";

/** Partitions are sent to other brokers by the controller (KIP-455). */
export const alterPartitionReassignments = forwarded(AlterPartitionReassignments, (_, { errorCode, message }) => ({
  errorCode,
  errorMessage: message ?? null,
}));
