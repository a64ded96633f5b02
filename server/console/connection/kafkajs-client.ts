import { Kafka, type KafkaConfig, logLevel } from "kafkajs";
import type { ConnectionSettings } from "./client-properties.ts";

/** A kafkajs client for a cluster, as an application would have it. It says nothing by itself: who uses it tells what went wrong. */
export function kafkajsClient(
  bootstrap: readonly string[],
  { tls, sasl }: ConnectionSettings,
  options: Pick<KafkaConfig, "clientId" | "connectionTimeout" | "requestTimeout" | "retry">,
): Kafka {
  return new Kafka({
    brokers: [...bootstrap],
    logLevel: logLevel.NOTHING,
    enforceRequestTimeout: true,
    ...options,
    ...(tls && {
      ssl: {
        ...(tls.ca !== undefined && { ca: [tls.ca] }),
        ...(tls.key !== undefined && { key: tls.key }),
        ...(tls.certificate !== undefined && { cert: tls.certificate }),
        ...(tls.verifyHostName === false && { checkServerIdentity: () => undefined }),
      },
    }),
    ...(sasl && { sasl: saslOf(sasl) }),
  });
}

function saslOf({ mechanism, username, password }: NonNullable<ConnectionSettings["sasl"]>) {
  switch (mechanism) {
    case "PLAIN":
      return { mechanism: "plain", username, password } as const;
    case "SCRAM-SHA-256":
      return { mechanism: "scram-sha-256", username, password } as const;
    case "SCRAM-SHA-512":
      return { mechanism: "scram-sha-512", username, password } as const;
  }
}
