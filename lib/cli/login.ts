import { shellQuote } from "@/lib/cli/shell-quote";
import type { ClusterLogin } from "@/lib/contracts/clusters";

/** A name of a variable that whoever runs a command or program sets: passwords are never written into one. */
const PASSWORD = "KAFKA_PASSWORD";

/** A command as it runs where the cluster asks who is there: Kafka's tools get the file of client properties, kcat its own. */
export function withLogin(command: string, login: ClusterLogin | null): string {
  if (login === null) return command;
  const kcat = kcatProperties(login)
    .map((property) => `-X ${property}`)
    .join(" ");
  return command
    .replaceAll(/--bootstrap-server \S+/g, (flag) => `${flag} --command-config ${shellQuote(login.file)}`)
    .replaceAll(/\bkcat -[CP] -b \S+/g, (reach) => `${reach} ${kcat}`);
}

/** librdkafka's names of the same. The shell puts the password in. */
function kcatProperties({ protocol, mechanism, username }: ClusterLogin): string[] {
  return [
    `security.protocol=${protocol}`,
    ...(mechanism === null ? [] : [`sasl.mechanism=${mechanism}`]),
    ...(username === null ? [] : [shellQuote(`sasl.username=${username}`), `sasl.password="$${PASSWORD}"`]),
  ];
}

/** A program with the same: one of kafkajs, or one of Kafka's own client in Java. */
export function programWithLogin(program: string, login: ClusterLogin | null): string {
  if (login === null) return program;
  const { protocol, mechanism, username } = login;
  const ssl = protocol.endsWith("SSL") ? ", ssl: true" : "";
  const sasl =
    mechanism === null
      ? ""
      : `, sasl: { mechanism: ${JSON.stringify(mechanism.toLowerCase())}, username: ${JSON.stringify(username)}, password: process.env.${PASSWORD} }`;
  const java = [
    `"security.protocol", ${JSON.stringify(protocol)}`,
    ...(mechanism === null
      ? []
      : [`"sasl.mechanism", ${JSON.stringify(mechanism)}`, '"sasl.jaas.config", System.getenv("KAFKA_JAAS_CONFIG")']),
  ].join(", ");
  return program
    .replaceAll(/new Kafka\(\{ brokers: \[[^\]]*\]/g, (client) => `${client}${ssl}${sasl}`)
    .replaceAll(/Map\.of\("bootstrap\.servers", "[^"]*"/g, (properties) => `${properties}, ${java}`);
}
