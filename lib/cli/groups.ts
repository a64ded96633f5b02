import { shellQuote } from "@/lib/cli/shell-quote";

function kafkaConsumerGroups(bootstrap: readonly string[], ...rest: readonly string[]): string {
  return ["kafka-consumer-groups.sh", "--bootstrap-server", bootstrap.join(","), ...rest].map(shellQuote).join(" ");
}

/** The command that lists groups with their states. */
export function listGroupsCommand(bootstrap: readonly string[]): string {
  return kafkaConsumerGroups(bootstrap, "--list", "--state");
}

/** The command that shows a group's offsets and lag. */
export function describeGroupCommand(bootstrap: readonly string[], group: string): string {
  return kafkaConsumerGroups(bootstrap, "--describe", "--group", group);
}

/** The command that shows a group's members and what they are assigned. */
export function describeMembersCommand(bootstrap: readonly string[], group: string): string {
  return kafkaConsumerGroups(bootstrap, "--describe", "--group", group, "--members", "--verbose");
}
