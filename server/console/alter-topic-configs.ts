import { setTimeout as pause } from "node:timers/promises";
import { alterConfigsCommand } from "../../lib/cli/topics.ts";
import { alterConfigsCode } from "../../lib/code/operations.ts";
import type { ChangeFacts } from "../../lib/contracts/changes.ts";
import type { ConfigEntry } from "../../lib/contracts/configs.ts";
import {
  type AlterTopicConfigsInput,
  alterTopicConfigsInput,
  type ConfigTexts,
} from "../../lib/contracts/topic-changes.ts";
import { formatNumberOf } from "../../lib/format.ts";
import type { Problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { alterConfigs, describeConfigs } from "../client/admin/configs.ts";
import { type ChangeAnswer, describeTopics } from "../client/admin/topics.ts";
import { type ChangeDefinition, defineChange } from "./change.ts";
import type { Cluster } from "./cluster.ts";
import { configImpact } from "./config-impact.ts";
import { configEntryOf } from "./config-entry.ts";
import { partly } from "./partly.ts";
import { kafkaProblem } from "./to-problem.ts";
import { withDefaults } from "./topic-defaults.ts";

/** How long brokers may take to tell what the controller has changed. */
const SEEN_LIMIT_MS = 5_000;
const LOOK_AGAIN_MS = 50;

type TopicConfigChange = AlterTopicConfigsInput["changes"][number];

/** A change with what its topic has now of the configs that it names. */
export type ConfigsNow = TopicConfigChange & { readonly now: ReadonlyMap<string, ConfigEntry> };

/** Changing configs of topics. A null takes a config back to what the cluster gives. The way back sets what was there. */
export const alterTopicConfigsChange = defineChange<AlterTopicConfigsInput, null>({
  kind: "alter-topic-configs",
  input: alterTopicConfigsInput,
  verb: () => "Change configuration of",
  failed: (input) => `The configuration of ${nameOf(input)} was not changed`,
  target: (input) => ({ type: "topic", name: nameOf(input) }),
  cli: ({ changes }, bootstrap) =>
    changes.map(({ topic, configs }) => alterConfigsCommand(bootstrap, topic, configs)).join("\n"),
  code: ({ changes }, bootstrap) =>
    alterConfigsCode(
      bootstrap,
      changes.map(({ topic, configs }) => ({ owner: { type: "topic", name: topic }, values: configs })),
    ),
  async plan(scope, input, title) {
    const { cluster } = scope;
    const read = await readNow(cluster, input, title);
    if (!read.ok) return read;
    const { known, problems } = read.value;
    const checked = await alter(cluster, known, { validateOnly: true });
    const refusals = refusalsOf(cluster, checked, title);
    if (refusals.length === known.length && refusals[0]) return fail(refusals[0]);
    const impact = await configImpact(scope, known);
    const facts = factsOf(input, known);
    return succeed({
      ...facts,
      impact: impact.impact,
      problems: [...problems, ...refusals, ...impact.problems],
      state: { ...facts.before, ...(await idsOf(cluster, input)) },
    });
  },
  async act({ cluster }, input, title) {
    const read = await readNow(cluster, input, title);
    if (!read.ok) return read;
    const { known, problems } = read.value;
    const answers = await alter(cluster, known, {});
    const refusals = [...problems, ...refusalsOf(cluster, answers, title)];
    const done = known.filter((_, index) => answers[index]?.errorCode === 0);
    if (done.length === 0 && refusals[0]) return fail(refusals[0]);
    await untilSeen(cluster, done);
    cluster.forgetTopics();
    return succeed({ value: null, ...factsOf(input, done), summary: partly(whatOf(done), refusals) });
  },
  revert: ({ before }, input) => ({ kind: "alter-topic-configs", input: inputBack(input, before) }),
} satisfies ChangeDefinition<AlterTopicConfigsInput, null>);

/** One line of what was done: from what to what where it is one topic, else which configs. */
function whatOf(done: readonly ConfigsNow[]): string {
  const [only] = done;
  if (done.length === 1 && only)
    return Object.entries(only.configs)
      .map(([name, value]) => `${name} ${ownValue(only, name) ?? "default"} → ${value ?? "default"}`)
      .join(", ");
  const names = new Set(done.flatMap(({ configs }) => Object.keys(configs)));
  return `${[...names].join(", ")} of ${formatNumberOf(done.length, "topic")}`;
}

/** What is set on the topic itself. */
function ownValue({ now }: ConfigsNow, name: string): string | null {
  const entry = now.get(name);
  return entry?.source === "topic" ? entry.value : null;
}

function nameOf({ changes }: AlterTopicConfigsInput): string {
  return changes.length === 1 ? (changes[0]?.topic ?? "") : formatNumberOf(changes.length, "topic");
}

/** A config's name among the facts of a change; with its topic before it where there are several. */
function factName({ changes }: AlterTopicConfigsInput, topic: string, config: string): string {
  return changes.length === 1 ? config : `${topic}/${config}`;
}

function factsOf(
  input: AlterTopicConfigsInput,
  known: readonly ConfigsNow[],
): { before: ChangeFacts; after: ChangeFacts } {
  const before: Record<string, string | null> = {};
  const after: Record<string, string | null> = {};
  for (const one of known)
    for (const [name, value] of Object.entries(one.configs)) {
      before[factName(input, one.topic, name)] = ownValue(one, name);
      after[factName(input, one.topic, name)] = value;
    }
  return { before, after };
}

/** Another topic of the same name is another topic, also where it has the same configs. */
async function idsOf({ client }: Cluster, input: AlterTopicConfigsInput): Promise<ChangeFacts> {
  const topics = await describeTopics(
    client,
    input.changes.map(({ topic }) => topic),
  );
  return Object.fromEntries(topics.map(({ name, topicId }) => [factName(input, name ?? "", "id"), topicId]));
}

function inputBack(input: AlterTopicConfigsInput, before: ChangeFacts): AlterTopicConfigsInput {
  const changes = input.changes
    .map(({ topic, configs }) => {
      const known = Object.keys(configs).filter((name) => factName(input, topic, name) in before);
      const own: ConfigTexts = Object.fromEntries(
        known.map((name) => [name, before[factName(input, topic, name)] ?? null]),
      );
      return { topic, configs: own };
    })
    .filter(({ configs }) => Object.keys(configs).length > 0);
  return { cluster: input.cluster, changes };
}

/** What the topics have now; those that cannot be read are problems, and the failure when none can. */
async function readNow(
  cluster: Cluster,
  { changes }: AlterTopicConfigsInput,
  title: string,
): Promise<Result<{ known: ConfigsNow[]; problems: Problem[] }>> {
  const names = [...new Set(changes.flatMap(({ configs }) => Object.keys(configs)))];
  const resources = changes.map(({ topic }) => ({ type: "topic" as const, name: topic }));
  const described = new Map(
    (
      await describeConfigs(cluster.client, resources, { names: [...names, "cleanup.policy", "remote.storage.enable"] })
    ).map((one) => [one.resourceName, one]),
  );
  const known: ConfigsNow[] = [];
  const problems: Problem[] = [];
  for (const change of changes) {
    const found = described.get(change.topic);
    if (found?.errorCode === 0) {
      const entries = await withDefaults(
        cluster,
        found.configs.map((config) => configEntryOf(config, ["topic"])),
      );
      known.push({ ...change, now: new Map(entries.map((entry) => [entry.name, entry])) });
      continue;
    }
    const needs = { operation: "DescribeConfigs", resource: { topic: change.topic } };
    const attempt = { title, facts: [["topic", change.topic]] as const, needs, identity: cluster.identity };
    problems.push(kafkaProblem(found?.errorCode ?? -1, found?.errorMessage ?? null, attempt));
  }
  return known.length === 0 && problems[0] ? fail(problems[0]) : succeed({ known, problems });
}

function alter(
  { client }: Cluster,
  changes: readonly TopicConfigChange[],
  options: { readonly validateOnly?: boolean },
): Promise<ChangeAnswer[]> {
  const altered = changes.map(({ topic, configs }) => ({
    resource: { type: "topic" as const, name: topic },
    changes: Object.entries(configs).map(([name, value]) =>
      value === null ? { name, operation: "delete" as const } : { name, operation: "set" as const, value },
    ),
  }));
  return alterConfigs(client, altered, options);
}

function refusalsOf({ identity }: Cluster, answers: readonly ChangeAnswer[], title: string): Problem[] {
  return answers
    .filter(({ errorCode }) => errorCode !== 0)
    .map(({ name, errorCode, message }) => {
      const needs = { operation: "AlterConfigs", resource: { topic: name } };
      return kafkaProblem(errorCode, message, { title, facts: [["topic", name]], needs, identity });
    });
}

/** The controller has answered; brokers learn of it some milliseconds later. */
async function untilSeen({ client }: Cluster, done: readonly ConfigsNow[]): Promise<void> {
  const limitMs = performance.now() + SEEN_LIMIT_MS;
  const wanted = done.flatMap(({ topic, configs }) =>
    Object.entries(configs).map(([name, value]): { key: string; value: string | null } => ({
      key: `${topic}/${name}`,
      value,
    })),
  );
  const resources = done.map(({ topic }) => ({ type: "topic" as const, name: topic }));
  const names = [...new Set(done.flatMap(({ configs }) => Object.keys(configs)))];
  while (performance.now() < limitMs) {
    const described = await describeConfigs(client, resources, { names, details: false });
    const own = new Map<string, string | null>(
      described.flatMap(({ resourceName, configs }) =>
        configs.map((config) => {
          const entry = configEntryOf(config, ["topic"]);
          return [`${resourceName}/${entry.name}`, entry.source === "topic" ? entry.value : null] as const;
        }),
      ),
    );
    if (wanted.every(({ key, value }) => (own.get(key) ?? null) === value)) return;
    await pause(LOOK_AGAIN_MS);
  }
}
