import type { ConfigSource } from "@/lib/contracts/configs";

/** DescribeConfigs' sources as people read them. */
export const sourceWords: Readonly<Record<ConfigSource, string>> = {
  topic: "This topic",
  "dynamic-broker": "One broker, changed while running",
  "dynamic-default-broker": "All brokers, changed while running",
  "static-broker": "Broker's file",
  default: "Kafka's default",
  "dynamic-broker-logger": "Broker's logger",
  "client-metrics": "Client metrics",
  group: "Group",
  unknown: "Unknown",
};
