import { adminProgram } from "@/lib/code/admin-program";
import type { OffsetsByTopic } from "@/lib/contracts/group-offsets";

/** The kafkajs program that sets a group's offsets; null where some are deleted, for which kafkajs has no call. */
export function setOffsetsCode(bootstrap: readonly string[], group: string, offsets: OffsetsByTopic): string | null {
  if (Object.values(offsets).some((own) => Object.values(own).includes(null))) return null;
  const calls = Object.entries(offsets).map(([topic, own]) => {
    const partitions = Object.entries(own).map(([partition, offset]) => ({ partition: Number(partition), offset }));
    return `await admin.setOffsets(${JSON.stringify({ groupId: group, topic, partitions })});`;
  });
  return adminProgram(bootstrap, calls.join("\n"));
}

/** The kafkajs program that deletes a group. */
export function deleteGroupCode(bootstrap: readonly string[], group: string): string {
  return adminProgram(bootstrap, `await admin.deleteGroups([${JSON.stringify(group)}]);`);
}
