/** A topic of the sample data. */
export type SampleTopic = {
  readonly name: string;
  readonly partitions: number;
  readonly configs: Readonly<Record<string, string>>;
  /** Records a second; the compacted one changes seldom. */
  readonly perSecond: number;
};

/** A day is enough to look at; a compacted topic keeps the last record of each key. */
const DAY_MS = "86400000";

/** What the sample data is made of. */
export const sampleTopics: readonly SampleTopic[] = [
  { name: "orders", partitions: 3, configs: { "retention.ms": DAY_MS }, perSecond: 8 },
  { name: "payments", partitions: 3, configs: { "retention.ms": DAY_MS }, perSecond: 6 },
  { name: "page-views", partitions: 6, configs: { "retention.ms": DAY_MS }, perSecond: 40 },
  { name: "customers", partitions: 1, configs: { "cleanup.policy": "compact" }, perSecond: 0.5 },
];

/** A consumer group of the sample data. `millisecondsEach` is how long it works on one message: with 40 messages a second, 40 ms each is too slow. */
export type SampleGroup = {
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly millisecondsEach: number;
};

export const sampleGroups: readonly SampleGroup[] = [
  { groupId: "order-fulfilment", topics: ["orders", "payments"], millisecondsEach: 0 },
  { groupId: "page-view-analytics", topics: ["page-views"], millisecondsEach: 40 },
];
