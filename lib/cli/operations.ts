import { shellQuote } from "@/lib/cli/shell-quote";
import type { ElectLeadersInput, QuotaEntityInput } from "@/lib/contracts/operations";

function line(...words: readonly string[]): string {
  return words.map(shellQuote).join(" ");
}

function tool(name: string, bootstrap: readonly string[], ...rest: readonly string[]): string {
  return line(name, "--bootstrap-server", bootstrap.join(","), ...rest);
}

type Election = {
  readonly election: ElectLeadersInput["election"];
  readonly places: readonly { readonly topic: string; readonly partition: number }[];
};

/** The command that elects leaders of these partitions; of all that need one when none are named. */
export function electLeadersCommand(bootstrap: readonly string[], { election, places }: Election): string {
  const elect = (...rest: readonly string[]) =>
    tool("kafka-leader-election.sh", bootstrap, "--election-type", election, ...rest);
  const [only] = places;
  if (places.length === 1 && only) return elect("--topic", only.topic, "--partition", String(only.partition));
  if (places.length === 0) return elect("--all-topic-partitions");
  const json = JSON.stringify({ partitions: places.map(({ topic, partition }) => ({ topic, partition })) });
  return `cat > partitions.json <<'EOF'\n${json}\nEOF\n${elect("--path-to-json-file", "partitions.json")}`;
}

type Values = Readonly<Record<string, string | null>>;

/** The commands that change configs of a thing: values set, then values taken away. */
export function alterConfigsCommand(
  bootstrap: readonly string[],
  { type, name }: { readonly type: "brokers" | "topics"; readonly name: string | null },
  values: Values,
): string {
  return kafkaConfigs(
    bootstrap,
    ["--entity-type", type, ...(name === null ? ["--entity-default"] : ["--entity-name", name])],
    values,
  );
}

const quotaTypes = { user: "users", "client-id": "clients", ip: "ips" } as const;

/** The commands that change the quotas of a user, a client id or an address. */
export function alterQuotasCommand(
  bootstrap: readonly string[],
  entity: QuotaEntityInput,
  values: Readonly<Record<string, number | null>>,
): string {
  const words = (["user", "client-id", "ip"] as const).flatMap((type) => {
    const name = entity[type];
    if (name === undefined) return [];
    return ["--entity-type", quotaTypes[type], ...(name === null ? ["--entity-default"] : ["--entity-name", name])];
  });
  const texts = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, value === null ? null : String(value)]),
  );
  return kafkaConfigs(bootstrap, words, texts);
}

function kafkaConfigs(bootstrap: readonly string[], entity: readonly string[], values: Values): string {
  const set = Object.entries(values).flatMap(([key, value]) => (value === null ? [] : [`${key}=${bracketed(value)}`]));
  const gone = Object.entries(values).flatMap(([key, value]) => (value === null ? [key] : []));
  const alter = (...rest: readonly string[]) => tool("kafka-configs.sh", bootstrap, "--alter", ...entity, ...rest);
  return [
    ...(set.length > 0 ? [alter("--add-config", set.join(","))] : []),
    ...(gone.length > 0 ? [alter("--delete-config", gone.join(","))] : []),
  ].join("\n");
}

/** kafka-configs.sh splits values at commas outside of brackets. */
function bracketed(value: string): string {
  return value.includes(",") ? `[${value}]` : value;
}

/** The command that shows all quotas. */
export function describeQuotasCommand(bootstrap: readonly string[]): string {
  return ["users", "clients", "ips"]
    .map((type) => tool("kafka-configs.sh", bootstrap, "--describe", "--entity-type", type))
    .join("\n");
}

/** The command that lists transactions. */
export function listTransactionsCommand(bootstrap: readonly string[]): string {
  return tool("kafka-transactions.sh", bootstrap, "list");
}

type OpenTransaction = { readonly topic: string; readonly partition: number; readonly startOffset: number };

/** The command that aborts what a transaction left open in a partition. */
export function abortTransactionCommand(
  bootstrap: readonly string[],
  { topic, partition, startOffset }: OpenTransaction,
): string {
  return tool(
    "kafka-transactions.sh",
    bootstrap,
    "abort",
    "--topic",
    topic,
    "--partition",
    String(partition),
    "--start-offset",
    String(startOffset),
  );
}

/** The command that aborts what a transactional id has open, and fences its producers. */
export function fenceProducerCommand(bootstrap: readonly string[], transactionalId: string): string {
  return tool("kafka-transactions.sh", bootstrap, "forceTerminateTransaction", "--transactionalId", transactionalId);
}

/** The command that shows the quorum. */
export function describeQuorumCommand(bootstrap: readonly string[]): string {
  return tool("kafka-metadata-quorum.sh", bootstrap, "describe", "--replication");
}

/** The command that forgets a broker's registration. */
export function unregisterBrokerCommand(bootstrap: readonly string[], broker: number): string {
  return line("kafka-cluster.sh", "unregister", "--bootstrap-server", bootstrap.join(","), "--id", String(broker));
}
