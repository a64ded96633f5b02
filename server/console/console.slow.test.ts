import { startApacheKafka } from "../testing/apache-kafka.ts";
import { describeConsole } from "../testing/console-suite.ts";
import { describeJudged } from "../testing/judges.ts";

for (const version of ["4.2", "3.9"] as const) {
  describeJudged(`the console on Apache Kafka ${version}`, ["java", "mvn"], () => {
    describeConsole("does", () => startApacheKafka({ version }));
  });
}
