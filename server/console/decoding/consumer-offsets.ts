import { formatNumberOf } from "../../../lib/format.ts";
import { coordinatorTopic, type InWords } from "./coordinator-topic.ts";

const inWords: InWords = ({ type, fields }, part) => {
  if (type === "OffsetCommit" || type === "LegacyOffsetCommit") {
    if (part === "key") return `${String(fields.group)}: offset of ${String(fields.topic)}-${String(fields.partition)}`;
    const metadata = fields.metadata === "" ? "" : `, with “${String(fields.metadata)}”`;
    return `committed ${String(fields.offset)}${metadata}`;
  }
  if (type === "GroupMetadata") {
    if (part === "key") return `${String(fields.group)}: group`;
    const members = Array.isArray(fields.members) ? fields.members.length : 0;
    const told = members === 0 ? "no members" : `${formatNumberOf(members, "member")}, ${String(fields.protocol)}`;
    return `generation ${String(fields.generation)}, ${told}`;
  }
  return undefined;
};

/** `__consumer_offsets`: commits and groups of every protocol. */
export const consumerOffsets = coordinatorTopic(
  { name: "consumer-offsets", topic: "__consumer_offsets", inWords },
  "group",
);
