import { recordType } from "../../record-type.ts";
import { arr, bytes, i32, str, struct } from "../../schema.ts";

/**
 * Key of what a member of the consumer protocol subscribes to (KIP-848), and its classic metadata while it is being
 * upgraded.
 */
export const ConsumerGroupMemberMetadataKey = recordType(
  { kind: "coordinator-key", apiKey: 5, name: "ConsumerGroupMemberMetadataKey", versions: "0", flexible: "never" },
  { groupId: str, memberId: str },
);

/**
 * Value of what a member of the consumer protocol subscribes to (KIP-848), and its classic metadata while it is being
 * upgraded.
 */
export const ConsumerGroupMemberMetadataValue = recordType(
  { kind: "coordinator-value", apiKey: 5, name: "ConsumerGroupMemberMetadataValue", versions: "0", flexible: 0 },
  {
    instanceId: str.nullable(),
    rackId: str.nullable(),
    clientId: str,
    clientHost: str,
    subscribedTopicNames: arr(str),
    subscribedTopicRegex: str.nullable(),
    rebalanceTimeoutMs: i32.def(-1),
    serverAssignor: str.nullable(),
    classicMemberMetadata: struct({ sessionTimeoutMs: i32, supportedProtocols: arr({ name: str, metadata: bytes }) })
      .nullable()
      .tag(0, "0+"),
  },
);
