import { apacheKafkaIsMissing, testOnApacheKafka as test } from "./support/journey.ts";
import { messageGoesTheWholeWay } from "./support/message-goes-the-whole-way.ts";
import { sampleDataComesAndGoes } from "./support/sample-data-comes-and-goes.ts";

const missing = apacheKafkaIsMissing();
test.skip(missing !== undefined, missing);

test("a message goes the whole way on Apache Kafka", async ({ page, context, stage }) => {
  await messageGoesTheWholeWay({ page, context, stage });
});

test("sample data comes and goes on Apache Kafka", async ({ page, stage }) => {
  test.setTimeout(300_000);
  await sampleDataComesAndGoes({ page, stage });
});
