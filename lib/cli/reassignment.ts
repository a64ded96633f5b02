import { shellQuote } from "@/lib/cli/shell-quote";
import type { Assignment, ReplicaMove } from "@/lib/contracts/reassignment";

/** Moves that fit into a command or a program that people read; longer plans are a file of their own. */
export const SHOWN_MAX = 500;

/** An assignment with the log directory of each replica; any when it is not told. */
type PlacedAssignment = Assignment & { readonly logDirs?: readonly string[] };

/** Assignments in the form of kafka-reassign-partitions.sh (its version 1). */
export function reassignmentJson(assignments: readonly PlacedAssignment[], indent?: number): string {
  const partitions = assignments.map(({ topic, partition, replicas, logDirs }) => ({
    topic,
    partition,
    replicas,
    log_dirs: logDirs ?? replicas.map(() => "any"),
  }));
  return JSON.stringify({ version: 1, partitions }, null, indent);
}

type Moves = {
  readonly moves: readonly Pick<ReplicaMove, "topic" | "partition" | "to">[];
  readonly throttleBytesPerSecond: number | null;
};

/** The command that makes the same moves at once. */
export function reassignCommand(bootstrap: readonly string[], { moves, throttleBytesPerSecond }: Moves): string {
  const flags = [
    "--execute",
    ...(throttleBytesPerSecond === null ? [] : ["--throttle", String(throttleBytesPerSecond)]),
  ];
  if (moves.length > SHOWN_MAX)
    return `# reassignment.json is the file with these ${moves.length} moves that the desk saves.\n${tools(bootstrap, ...flags)}`;
  const assignments = moves.map(({ topic, partition, to }) => ({ topic, partition, replicas: to }));
  return withFile(bootstrap, assignments, flags);
}

/** The command that takes back moves under way, and leaves throttles as they are; null where they are not known. */
export function cancelReassignmentCommand(
  bootstrap: readonly string[],
  assignments: readonly Assignment[],
): string | null {
  return assignments.length === 0 ? null : withFile(bootstrap, assignments, ["--cancel", "--preserve-throttles"]);
}

/** The command that moves replicas of a broker to another of its log directories, and none to another broker. */
export function moveDirectoriesCommand(
  bootstrap: readonly string[],
  {
    broker,
    assignments,
  }: { readonly broker: number; readonly assignments: readonly (Assignment & { readonly path: string })[] },
): string {
  const placed = assignments.map((one) => ({
    ...one,
    logDirs: one.replicas.map((id) => (id === broker ? one.path : "any")),
  }));
  return withFile(bootstrap, placed, ["--execute"]);
}

function withFile(
  bootstrap: readonly string[],
  assignments: readonly PlacedAssignment[],
  flags: readonly string[],
): string {
  return `cat > reassignment.json <<'EOF'\n${reassignmentJson(assignments)}\nEOF\n${tools(bootstrap, ...flags)}`;
}

/** The command that lists partitions that are being moved. */
export function listReassignmentsCommand(bootstrap: readonly string[]): string {
  return ["kafka-reassign-partitions.sh", "--bootstrap-server", bootstrap.join(","), "--list"]
    .map(shellQuote)
    .join(" ");
}

function tools(bootstrap: readonly string[], ...rest: readonly string[]): string {
  return [
    "kafka-reassign-partitions.sh",
    "--bootstrap-server",
    bootstrap.join(","),
    "--reassignment-json-file",
    "reassignment.json",
    ...rest,
  ]
    .map(shellQuote)
    .join(" ");
}

type ReadAssignments =
  | {
      readonly ok: true;
      readonly assignments: readonly Assignment[];
      /** It names log directories, as what kafka-reassign-partitions.sh prints for a rollback does: brokers choose these themselves. */
      readonly hasDirectories: boolean;
    }
  | { readonly ok: false; readonly fault: string };

/** Reads a file of kafka-reassign-partitions.sh, with a sentence for what is wrong in it. */
export function parseReassignmentJson(text: string): ReadAssignments {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return { ok: false, fault: `It is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const { version = 1, partitions } = isObject(parsed) ? parsed : {};
  if (version !== 1)
    return { ok: false, fault: `Its version is ${JSON.stringify(version)}; Kafka has version 1 only.` };
  if (!Array.isArray(partitions)) return { ok: false, fault: 'It has no list "partitions".' };
  const assignments: Assignment[] = [];
  const seen = new Set<string>();
  let hasDirectories = false;
  for (const [index, one] of partitions.entries()) {
    const { topic, partition, replicas, log_dirs: directories } = isObject(one) ? one : {};
    const isWhole =
      typeof topic === "string" &&
      typeof partition === "number" &&
      Number.isInteger(partition) &&
      partition >= 0 &&
      Array.isArray(replicas) &&
      replicas.length > 0 &&
      replicas.every((id): id is number => Number.isInteger(id) && id >= 0);
    if (!isWhole)
      return {
        ok: false,
        fault: `Entry ${index + 1} of "partitions" needs a topic, a partition and a list of replicas.`,
      };
    const name = `${topic}-${partition}`;
    if (seen.has(name)) return { ok: false, fault: `It names ${name} twice.` };
    seen.add(name);
    hasDirectories ||= Array.isArray(directories) && directories.some((path) => path !== "any");
    assignments.push({ topic, partition, replicas });
  }
  return { ok: true, assignments, hasDirectories };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
