import { startApacheKafka } from "../../testing/apache-kafka.ts";
import { describeEngine } from "../../testing/engine-suite.ts";
import { describeJudged } from "../../testing/judges.ts";

for (const version of ["4.2", "3.9"] as const) {
  describeJudged(`engine ${version}`, ["java", "mvn"], () => {
    describeEngine(`on Apache Kafka ${version}`, () => startApacheKafka({ version }));
  });
}
