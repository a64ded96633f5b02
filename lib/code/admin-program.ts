/** A kafkajs program around some work of an admin client. */
export function adminProgram(bootstrap: readonly string[], work: string): string {
  return [
    'import { Kafka } from "kafkajs";',
    "",
    `const admin = new Kafka({ brokers: ${JSON.stringify(bootstrap)} }).admin();`,
    "await admin.connect();",
    work,
    "await admin.disconnect();",
  ].join("\n");
}
