import { Kafka, logLevel } from "kafkajs";

/** Makes a topic with these replicas, and some kilobytes in each partition. */
export async function seedAssigned(
  bootstrap: string,
  { topic, assignments, kilobytes }: { topic: string; assignments: readonly (readonly number[])[]; kilobytes: number },
): Promise<void> {
  const client = new Kafka({ brokers: bootstrap.split(","), logLevel: logLevel.NOTHING });
  const admin = client.admin();
  await admin.connect();
  const replicaAssignment = assignments.map((replicas, partition) => ({ partition, replicas: [...replicas] }));
  await admin.createTopics({ topics: [{ topic, replicaAssignment }], waitForLeaders: true });
  await admin.disconnect();
  const producer = client.producer();
  await producer.connect();
  const value = Buffer.alloc(1_000, "x");
  const messages = assignments.flatMap((_, partition) =>
    Array.from({ length: kilobytes }, () => ({ partition, value })),
  );
  await producer.send({ topic, messages });
  await producer.disconnect();
}
