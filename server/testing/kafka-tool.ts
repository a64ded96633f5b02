import { kafkaClasspath, type KafkaVersion } from "./maven.ts";
import { type Finished, runProcess, type RunOptions } from "./run-process.ts";

/** Flags that make a short-lived JVM start fast. */
export const quickJvm = ["-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"] as const;

/** The classes behind Kafka's shell scripts. */
export const kafkaTools = {
  topics: "org.apache.kafka.tools.TopicCommand",
  consumerGroups: "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",
  configs: "kafka.admin.ConfigCommand",
  producerPerformance: "org.apache.kafka.tools.ProducerPerformance",
  consoleProducer: "org.apache.kafka.tools.ConsoleProducer",
  consoleConsumer: "org.apache.kafka.tools.consumer.ConsoleConsumer",
  consoleShareConsumer: "org.apache.kafka.tools.consumer.ConsoleShareConsumer",
  dumpLog: "kafka.tools.DumpLogSegments",
  getOffsets: "org.apache.kafka.tools.GetOffsetShell",
  apiVersions: "org.apache.kafka.tools.BrokerApiVersionsCommand",
  metadataQuorum: "org.apache.kafka.tools.MetadataQuorumCommand",
  reassignPartitions: "org.apache.kafka.tools.reassign.ReassignPartitionsCommand",
  leaderElection: "org.apache.kafka.tools.LeaderElectionCommand",
  logDirs: "org.apache.kafka.tools.LogDirsCommand",
  deleteRecords: "org.apache.kafka.tools.DeleteRecordsCommand",
  features: "org.apache.kafka.tools.FeatureCommand",
  cluster: "org.apache.kafka.tools.ClusterTool",
  storage: "kafka.tools.StorageTool",
} as const;

/** Runs one of Apache Kafka's own tools (4.2 when no version is given) to its end. */
export async function runKafkaTool(
  tool: keyof typeof kafkaTools,
  args: readonly string[],
  options: RunOptions & { readonly version?: KafkaVersion } = {},
): Promise<Finished> {
  const classpath = await kafkaClasspath(options.version ?? "4.2");
  return runProcess("java", [...quickJvm, "-cp", classpath, kafkaTools[tool], ...args], options);
}
