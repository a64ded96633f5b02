import { shellQuote } from "@/lib/cli/shell-quote";
import type { Assignment, ReplicaMove } from "@/lib/contracts/reassignment";

/** Moves that fit into a command that people read; longer plans are a file of their own. */
const SHOWN_MAX = 20;

/** Assignments in the form of kafka-reassign-partitions.sh (its version 1). */
export function reassignmentJson(assignments: readonly Assignment[], indent?: number): string {
  const partitions = assignments.map(({ topic, partition, replicas }) => ({
    topic,
    partition,
    replicas,
    log_dirs: replicas.map(() => "any"),
  }));
  return JSON.stringify({ version: 1, partitions }, null, indent);
}

type Moves = {
  readonly moves: readonly Pick<ReplicaMove, "topic" | "partition" | "to">[];
  readonly throttleBytesPerSecond: number | null;
};

/** The command that makes the same moves at once. */
export function reassignCommand(bootstrap: readonly string[], { moves, throttleBytesPerSecond }: Moves): string {
  const tool = tools(
    bootstrap,
    "--execute",
    ...(throttleBytesPerSecond === null ? [] : ["--throttle", String(throttleBytesPerSecond)]),
  );
  if (moves.length > SHOWN_MAX) return tool;
  const json = reassignmentJson(moves.map(({ topic, partition, to }) => ({ topic, partition, replicas: to })));
  return `cat > reassignment.json <<'EOF'\n${json}\nEOF\n${tool}`;
}

/** The command that says whether the moves are made, and removes their throttle when they are. */
export function verifyReassignmentCommand(bootstrap: readonly string[]): string {
  return tools(bootstrap, "--verify");
}

/** The command that takes back moves under way. */
export function cancelReassignmentCommand(bootstrap: readonly string[]): string {
  return tools(bootstrap, "--cancel");
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
  { readonly ok: true; readonly assignments: readonly Assignment[] } | { readonly ok: false; readonly fault: string };

/** Reads a file of kafka-reassign-partitions.sh, with a sentence for what is wrong in it. */
export function parseReassignmentJson(text: string): ReadAssignments {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return { ok: false, fault: `It is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const partitions = isObject(parsed) ? parsed.partitions : undefined;
  if (!Array.isArray(partitions)) return { ok: false, fault: 'It has no list "partitions".' };
  const assignments: Assignment[] = [];
  for (const [index, one] of partitions.entries()) {
    const { topic, partition, replicas } = isObject(one) ? one : {};
    const isWhole =
      typeof topic === "string" &&
      typeof partition === "number" &&
      Array.isArray(replicas) &&
      replicas.length > 0 &&
      replicas.every((id): id is number => Number.isInteger(id) && id >= 0);
    if (!isWhole)
      return {
        ok: false,
        fault: `Entry ${index + 1} of "partitions" needs a topic, a partition and a list of replicas.`,
      };
    assignments.push({ topic, partition, replicas });
  }
  return { ok: true, assignments };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
