import { missingJudges } from "./judges-present.ts";
import { connectClasspath, kafkaClasspath, registryJar } from "./maven.ts";

/** Fetches Apache Kafka, its Connect and a Schema Registry before the slow tests start, so that no test's time limit pays for the download. */
export async function setup(): Promise<void> {
  if (missingJudges(["java", "mvn"]).length > 0) return;
  await kafkaClasspath("4.2");
  await kafkaClasspath("4.4");
  await kafkaClasspath("3.9");
  await connectClasspath();
  await registryJar();
}
