import { shellQuote } from "@/lib/cli/shell-quote";
import type { OffsetGoal, OffsetScope, SetOffsetsInput } from "@/lib/contracts/group-offsets";
import { formatOffsetsFile } from "@/lib/offsets-file";

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

/** The command that shows the members of all groups, with their hosts. */
export function describeAllMembersCommand(bootstrap: readonly string[]): string {
  return kafkaConsumerGroups(bootstrap, "--describe", "--all-groups", "--members");
}

type OffsetChange = Pick<SetOffsetsInput, "group" | "offsets" | "goal" | "topics">;

/**
 * The commands that set a group's offsets: by the goal where Kafka's tool knows it, else from a file written beside it. Deleting takes a command
 * of its own, since the tool does one or the other.
 */
export function setOffsetsCommand(bootstrap: readonly string[], change: OffsetChange): string {
  const { group, offsets, goal, topics } = change;
  const option = goal && goalOption(goal);
  if (option) {
    const places = topics === null ? ["--all-topics"] : topics.flatMap((one) => ["--topic", placeOf(one)]);
    return kafkaConsumerGroups(bootstrap, "--group", group, "--reset-offsets", ...places, ...option, "--execute");
  }
  const set = formatOffsetsFile(offsets);
  const deleted = Object.entries(offsets).flatMap(([topic, own]) => {
    const partitions = Object.entries(own).filter(([, offset]) => offset === null);
    return partitions.length === 0
      ? []
      : ["--topic", placeOf({ topic, partitions: partitions.map(([partition]) => Number(partition)) })];
  });
  const file = "offsets.csv";
  return [
    ...(set === ""
      ? []
      : [
          `cat > ${file} <<'END'\n${set}\nEND`,
          kafkaConsumerGroups(bootstrap, "--group", group, "--reset-offsets", "--from-file", file, "--execute"),
        ]),
    ...(deleted.length === 0 ? [] : [kafkaConsumerGroups(bootstrap, "--group", group, "--delete-offsets", ...deleted)]),
  ].join("\n");
}

/** The command that deletes a group with its offsets. */
export function deleteGroupCommand(bootstrap: readonly string[], group: string): string {
  return kafkaConsumerGroups(bootstrap, "--delete", "--group", group);
}

function placeOf({ topic, partitions }: OffsetScope[number]): string {
  return partitions === null ? topic : `${topic}:${partitions.join(",")}`;
}

function goalOption(goal: OffsetGoal): string[] | undefined {
  switch (goal.to) {
    case "earliest":
    case "latest":
      return [`--to-${goal.to}`];
    case "time":
      // Without a zone the tool takes it for UTC.
      return ["--to-datetime", new Date(goal.timeMs).toISOString().replace("Z", "")];
    case "duration":
      return ["--by-duration", `PT${goal.durationMs / 1_000}S`];
    case "offset":
      return ["--to-offset", goal.offset];
    case "shift":
      return ["--shift-by", String(goal.by)];
    case "group":
    case "file":
    case "none":
      return undefined;
  }
}
