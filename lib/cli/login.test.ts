import { expect, test } from "vitest";
import { readRecordCommand } from "@/lib/cli/messages";
import { programWithLogin, withLogin } from "@/lib/cli/login";
import { createTopicCommand, deleteTopicsCommand } from "@/lib/cli/topics";
import { unregisterBrokerCode } from "@/lib/code/operations";
import { createTopicCode } from "@/lib/code/topics";

const topic = { name: "orders", partitions: 3, replicationFactor: null, configs: {} };
const scram = { file: "client.properties", protocol: "SASL_SSL", mechanism: "SCRAM-SHA-512", username: "it's me" };
const tls = { file: "my client.properties", protocol: "SSL", mechanism: null, username: null };

test("a command for a cluster that asks nobody stays as it is", () => {
  const command = createTopicCommand(["a:1"], topic);
  expect(withLogin(command, null)).toBe(command);
});

test("each of Kafka's tools gets the file of client properties", () => {
  expect(withLogin(createTopicCommand(["a:1", "b:2"], topic), scram)).toBe(
    "kafka-topics.sh --bootstrap-server a:1,b:2 --command-config client.properties --create --topic orders --partitions 3",
  );
  const two = withLogin(deleteTopicsCommand(["a:1"], ["x", "y"]), tls);
  expect(two.match(/a:1 --command-config 'my client\.properties' --delete/g)).toHaveLength(2);
});

test("kcat gets librdkafka's names, and the password from the shell", () => {
  expect(withLogin(readRecordCommand(["a:1"], "orders", 0, "5"), scram)).toBe(
    String.raw`kcat -C -b a:1 -X security.protocol=SASL_SSL -X sasl.mechanism=SCRAM-SHA-512 -X 'sasl.username=it'\''s me' -X sasl.password="$KAFKA_PASSWORD" -t orders -p 0 -o 5 -c 1 -e -J`,
  );
});

test("programs log in too, without a password in them", () => {
  expect(programWithLogin(createTopicCode(["a:1", "b:2"], topic), scram)).toContain(
    'new Kafka({ brokers: ["a:1","b:2"], ssl: true, sasl: { mechanism: "scram-sha-512", username: "it\'s me", password: process.env.KAFKA_PASSWORD } })',
  );
  const code = unregisterBrokerCode(["a:1"], 3);
  expect(programWithLogin(code, tls)).toContain('"bootstrap.servers", "a:1", "security.protocol", "SSL"');
  expect(programWithLogin(code, scram)).toContain('"sasl.jaas.config", System.getenv("KAFKA_JAAS_CONFIG")');
  expect(programWithLogin(code, null)).toBe(code);
});
