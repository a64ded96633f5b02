import type { Decoder, Payload } from "./decoder.ts";
import { json } from "./json.ts";
import { isRefusal } from "./decoder.ts";
import { readText } from "./utf8.ts";

/** A worker's three topics have free names; these are the usual ones (`connect-configs`, `_prod-connect-status`). */
const TOPIC = /connect[-_.](configs|offsets|status)$/i;

/** Kafka Connect's internal topics: connectors, tasks, their state and source offsets. Their values are JSON, their keys mostly plain text. */
export const connect: Decoder = {
  name: "connect",
  decode: (payload) => {
    if (payload.part === "header") return { reason: "Connect writes no headers there" };
    const key = payload.part === "key" ? payload.bytes : payload.key;
    const named = key === null ? undefined : readText({ bytes: key, isCut: false });
    if (typeof named !== "string") return { reason: "the key is not text, so it names nothing of Connect's" };
    return payload.part === "key" ? readKey(named) : readValue(named, payload);
  },
  unlikely: ({ topic, part }) => (TOPIC.test(topic) && part !== "header" ? undefined : ""),
};

type Naming = { readonly pattern: RegExp; readonly words: (...names: string[]) => string };

/** Keys as Connect's KafkaConfigBackingStore and KafkaStatusBackingStore make them, the more special first. */
const keys: readonly Naming[] = [
  { pattern: /^connector-(.+)$/, words: (name) => `configuration of connector ${name}` },
  { pattern: /^task-(.+)-(\d+)$/, words: (name, task) => `configuration of ${name}, task ${task}` },
  { pattern: /^commit-(.+)$/, words: (name) => `number of tasks of ${name}` },
  { pattern: /^tasks-fencing-(.+)$/, words: (name) => `fenced tasks of ${name}` },
  { pattern: /^target-state-(.+)$/, words: (name) => `wanted state of ${name}` },
  { pattern: /^restart-connector-(.+)$/, words: (name) => `restart of ${name}` },
  { pattern: /^session-key$/, words: () => "key by which workers trust each other" },
  { pattern: /^logger-cluster-(.+)$/, words: (name) => `log level of ${name}` },
  { pattern: /^status-connector-(.+)$/, words: (name) => `state of connector ${name}` },
  { pattern: /^status-task-(.+)-(\d+)$/, words: (name, task) => `state of ${name}, task ${task}` },
  {
    pattern: /^status-topic-(.+):connector-(.+)$/,
    words: (topic, name) => `${name} uses the topic ${topic}`,
  },
];

function wordsOfKey(key: string): string | undefined {
  for (const { pattern, words } of keys) {
    const match = pattern.exec(key);
    if (match) return words(...match.slice(1));
  }
  const source = parse(key);
  if (!Array.isArray(source) || typeof source[0] !== "string") return undefined;
  return `source offset of ${source[0]}`;
}

function readKey(key: string): ReturnType<Decoder["decode"]> {
  const words = wordsOfKey(key);
  if (words === undefined) return { reason: "no key that Connect makes" };
  return { form: key.startsWith("[") ? "json" : "text", text: key, words };
}

function readValue(key: string, payload: Payload): ReturnType<Decoder["decode"]> {
  if (wordsOfKey(key) === undefined) return { reason: "its key is none that Connect makes" };
  const decoded = json.decode(payload);
  if (isRefusal(decoded)) return decoded;
  const words = wordsOfValue(key, parse(decoded.text));
  return words === undefined ? decoded : { ...decoded, words };
}

function wordsOfValue(key: string, value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if ("state" in value && "worker_id" in value) {
    const trace = "trace" in value && typeof value.trace === "string" ? `: ${value.trace.split("\n")[0]}` : "";
    return `${String(value.state)} on ${String(value.worker_id)}${trace}`;
  }
  if ("state" in value) return String(value.state);
  if ("tasks" in value && key.startsWith("commit-")) return `${String(value.tasks)} tasks`;
  // A session key is a secret: it is named and not shown in the list.
  if (key === "session-key") return "a secret key";
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
