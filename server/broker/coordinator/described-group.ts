/** Kafka's words for what a classic group is doing (ClassicGroupState). A group that nobody knows is "Dead". */
export type GroupState = "Empty" | "PreparingRebalance" | "CompletingRebalance" | "Stable" | "Dead";

/** A group as DescribeGroups tells it. */
export type DescribedGroup = {
  readonly groupId: string;
  readonly state: GroupState;
  /** Empty for a group that only commits offsets. */
  readonly protocolType: string;
  /** The chosen protocol while the group is Stable, else empty. */
  readonly protocolName: string;
  readonly members: readonly DescribedMember[];
};

/** Metadata and assignment are empty unless the group is Stable. */
export type DescribedMember = {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly metadata: Uint8Array;
  readonly assignment: Uint8Array;
};

/** A group as ListGroups tells it. */
export type ListedGroup = {
  readonly groupId: string;
  readonly protocolType: string;
  readonly state: GroupState;
  readonly type: "classic";
};
