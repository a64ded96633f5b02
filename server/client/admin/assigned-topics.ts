import { Reader } from "../../wire/reader.ts";
import { ConsumerProtocolAssignment } from "../../wire/records/consumer/consumer-protocol-assignment.ts";
import { WireError } from "../../wire/wire-error.ts";

/** Partitions of a topic that a member has. */
export type AssignedTopic = { readonly topic: string; readonly partitions: readonly number[] };

/** A classic consumer's assignment stands behind an int16 version; a member that has not yet synced has no bytes. Null for bytes that are none. */
export function assignedTopics(bytes: Uint8Array): AssignedTopic[] | null {
  if (bytes.length === 0) return [];
  try {
    const reader = new Reader(bytes);
    const version = Math.min(reader.int16(), ConsumerProtocolAssignment.versions.max);
    const { assignedPartitions } = ConsumerProtocolAssignment.read(reader, version);
    return assignedPartitions.map(({ topic, partitions }) => ({ topic, partitions }));
  } catch (error) {
    if (error instanceof WireError) return null;
    throw error;
  }
}
