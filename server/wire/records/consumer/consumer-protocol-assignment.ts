import { recordType } from "../../record-type.ts";
import { arr, bytes, i32, str } from "../../schema.ts";

/** What a consumer gets from the leader of its classic group; opaque to the broker. Behind an int16 version. */
export const ConsumerProtocolAssignment = recordType(
  { kind: "data", name: "ConsumerProtocolAssignment", versions: "0-3", flexible: "never" },
  {
    assignedPartitions: arr({ topic: str.entity("topicName").mapKey(), partitions: arr(i32) }),
    userData: bytes.nullable().def(null),
  },
);
