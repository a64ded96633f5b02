import { shellQuote } from "@/lib/cli/shell-quote";

function command(...words: readonly string[]): string {
  return words.map(shellQuote).join(" ");
}

/** The command that names the brokers and what they speak. */
export function listBrokersCommand(bootstrap: readonly string[]): string {
  return command("kafka-broker-api-versions.sh", "--bootstrap-server", bootstrap.join(","));
}

/** The command that shows a broker's log directories. */
export function describeLogDirsCommand(bootstrap: readonly string[], broker: number): string {
  return command(
    "kafka-log-dirs.sh",
    "--bootstrap-server",
    bootstrap.join(","),
    "--describe",
    "--broker-list",
    String(broker),
  );
}

/** The command that shows a broker's settings with their sources. */
export function describeBrokerConfigsCommand(bootstrap: readonly string[], broker: number): string {
  return command(
    "kafka-configs.sh",
    "--bootstrap-server",
    bootstrap.join(","),
    "--describe",
    "--all",
    "--entity-type",
    "brokers",
    "--entity-name",
    String(broker),
  );
}
