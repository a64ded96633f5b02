/** A kafkajs program around some work of an admin client, which may need more than kafkajs. */
export function adminProgram(bootstrap: readonly string[], work: string, imports: readonly string[] = []): string {
  return [
    ...imports,
    'import { Kafka } from "kafkajs";',
    "",
    `const admin = new Kafka({ brokers: ${JSON.stringify(bootstrap)} }).admin();`,
    "await admin.connect();",
    work,
    "await admin.disconnect();",
  ].join("\n");
}
