import { startApacheKafka } from "../testing/apache-kafka.ts";
import { describeConsole } from "../testing/console-suite.ts";
import { describeJudged } from "../testing/judges.ts";

for (const version of ["4.2", "3.9"] as const) {
  describeJudged("use cases", ["java", "mvn"], () => {
    describeConsole(`Apache Kafka ${version}`, () => startApacheKafka({ version }));
  });
}
