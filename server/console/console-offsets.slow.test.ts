import { startApacheKafka } from "../testing/apache-kafka.ts";
import { describeOffsets } from "../testing/console-offsets-suite.ts";
import { describeJudged } from "../testing/judges.ts";

describeJudged("offsets of groups", ["java", "mvn"], () => {
  describeOffsets("Apache Kafka 4.2", () => startApacheKafka());
});
