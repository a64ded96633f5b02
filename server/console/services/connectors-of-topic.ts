import type { LinkedConnector } from "../../../lib/contracts/topic-links.ts";
import { checkRegularExpression, findsRegularExpression } from "../search/regular-expression.ts";
import type { ConnectState, Connector } from "./connect-cluster.ts";

/** Why a task failed, in a line: a stack trace has pages. */
const FAILURE_CHARACTERS_MAX = 300;
/** Configs in which sources usually name the topic that they write; a source may have others, and its transforms may rename it. */
const SOURCE_CONFIGS = ["topic", "kafka.topic"];
const DEAD_LETTER_CONFIG = "errors.deadletterqueue.topic.name";

/** Connectors that read a topic, write to it, or send to it what failed: as their configs say and as their tasks were seen to do. */
export function connectorsOfTopic(connectors: readonly Connector[], topic: string, connect: string): LinkedConnector[] {
  return connectors
    .flatMap((connector) => linkOf(connector, topic, connect) ?? [])
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function linkOf(connector: Connector, topic: string, connect: string): LinkedConnector | undefined {
  const { name, kind, config, state, tasks, usedTopics } = connector;
  const isSeen = usedTopics === null ? null : usedTopics.includes(topic);
  const isNamed = kind === "sink" ? sinkNames(config, topic) : SOURCE_CONFIGS.some((key) => config[key] === topic);
  const isDeadLetters = kind === "sink" && config[DEAD_LETTER_CONFIG] === topic;
  if (!isNamed && isSeen !== true && !isDeadLetters) return undefined;
  const inState = (wanted: string) => tasks.filter((task) => task.state === wanted).length;
  return {
    name,
    connect,
    kind,
    use: isNamed || isSeen === true ? (kind === "sink" ? "reads" : "writes") : "dead-letters",
    isNamed: isNamed || isDeadLetters,
    isSeen,
    state: state.state,
    tasks: { total: tasks.length, running: inState("RUNNING"), failed: inState("FAILED") },
    failure: failureOf([state, ...tasks]),
  };
}

/** Whether a sink's `topics` has the topic, or all of its name matches `topics.regex`. */
function sinkNames({ topics, "topics.regex": pattern }: Connector["config"], topic: string): boolean {
  if (typeof topics === "string" && topics.split(",").some((name) => name.trim() === topic)) return true;
  if (typeof pattern !== "string" || pattern === "") return false;
  const whole = `^(?:${pattern})$`;
  // Java's expressions can be what RE2 has not; then what the tasks were seen to read tells it.
  return checkRegularExpression(whole) === undefined && findsRegularExpression(topic, whole);
}

function failureOf(states: readonly ConnectState[]): string | null {
  const failed = states.find(({ state, trace }) => state === "FAILED" && trace !== undefined);
  const line = failed?.trace?.split("\n", 1)[0]?.trim();
  return line === undefined || line === "" ? null : line.slice(0, FAILURE_CHARACTERS_MAX);
}
