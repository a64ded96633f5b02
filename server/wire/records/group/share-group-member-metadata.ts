import { recordType } from "../../record-type.ts";
import { arr, str } from "../../schema.ts";

/** Key of what a member of a share group subscribes to (KIP-932). */
export const ShareGroupMemberMetadataKey = recordType(
  { kind: "coordinator-key", apiKey: 10, name: "ShareGroupMemberMetadataKey", versions: "0", flexible: "never" },
  { groupId: str, memberId: str },
);

/** Value of what a member of a share group subscribes to (KIP-932). */
export const ShareGroupMemberMetadataValue = recordType(
  { kind: "coordinator-value", apiKey: 10, name: "ShareGroupMemberMetadataValue", versions: "0", flexible: 0 },
  { rackId: str.nullable(), clientId: str, clientHost: str, subscribedTopicNames: arr(str) },
);
