import { recordType } from "../../record-type.ts";
import { arr, bytes, i32, i64, str } from "../../schema.ts";

const memberMetadata = {
  memberId: str,
  groupInstanceId: str.v("3+").nullable().def(null).ignorable(),
  clientId: str,
  clientHost: str,
  rebalanceTimeout: i32.v("1+").def(-1).ignorable(),
  sessionTimeout: i32,
  subscription: bytes,
  assignment: bytes,
};

/** Key of a classic group: generation, protocol and members with their assignments. */
export const GroupMetadataKey = recordType(
  { kind: "coordinator-key", apiKey: 2, name: "GroupMetadataKey", versions: "0", flexible: "never" },
  { group: str },
);

/** Value of a classic group: generation, protocol and members with their assignments. */
export const GroupMetadataValue = recordType(
  { kind: "coordinator-value", apiKey: 2, name: "GroupMetadataValue", versions: "0-4", flexible: 4 },
  {
    protocolType: str,
    generation: i32,
    protocol: str.nullable(),
    leader: str.nullable(),
    currentStateTimestamp: i64.v("2+").def(-1).ignorable(),
    members: arr(memberMetadata),
  },
);
