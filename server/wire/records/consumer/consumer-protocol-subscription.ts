import { recordType } from "../../record-type.ts";
import { arr, bytes, i32, str } from "../../schema.ts";

/**
 * What a consumer tells its classic group: topics, owned partitions, rack; opaque to the broker (KIP-429, KIP-792,
 * KIP-881). Behind an int16 version.
 */
export const ConsumerProtocolSubscription = recordType(
  { kind: "data", name: "ConsumerProtocolSubscription", versions: "0-3", flexible: "never" },
  {
    topics: arr(str),
    userData: bytes.nullable().def(null),
    ownedPartitions: arr({ topic: str.entity("topicName").mapKey(), partitions: arr(i32) })
      .v("1+")
      .ignorable(),
    generationId: i32.v("2+").def(-1).ignorable(),
    rackId: str.v("3+").nullable().def(null).ignorable(),
  },
);
