import type { LinkedConnector, LinkedSubject, TopicLinks } from "../../lib/contracts/topic-links.ts";
import type { Problem } from "../../lib/problem.ts";
import { succeed } from "../../lib/result.ts";
import { findTopic } from "./find-topic.ts";
import { inParallel } from "./in-parallel.ts";
import type { ConnectCluster } from "./services/connect-cluster.ts";
import { connectorsOfTopic } from "./services/connectors-of-topic.ts";
import type { SchemaRegistry } from "./services/schema-registry.ts";
import { subjectsOfTopic, type TopicSubject } from "./services/subjects-of-topic.ts";
import { settle } from "./settled.ts";
import { distinctProblems } from "./topic-columns/column.ts";
import { defineUseCase } from "./use-case.ts";

/** For all that a page asks a service for. */
const ANSWER_MS_MAX = 5_000;
/** A topic with a subject for each kind of record may have hundreds; the page reads so many. */
const SUBJECTS_MAX = 100;
const SUBJECTS_AT_ONCE = 8;
const UNTITLED = { title: "What is linked to the topic could not be read" };

/** What stands beside a cluster and belongs to a topic: subjects of the Schema Registry by its name, connectors that read it or write to it. */
export const listTopicLinks = defineUseCase<{ readonly cluster: string; readonly topic: string }, TopicLinks>({
  failed: ({ topic }) => `What is linked to ${topic} could not be read`,
  async run({ cluster }, { topic }, title) {
    const found = await findTopic(cluster, topic, title);
    if (!found.ok) return found;
    const { schemaRegistry, connect } = cluster.services;
    const [registry, connectors] = await Promise.all([
      schemaRegistry && readSubjects(schemaRegistry, topic),
      readConnectors(connect, topic),
    ]);
    return succeed({
      registry: registry?.value ?? null,
      connect: connect.length === 0 ? null : { urls: connect.map(({ url }) => url), connectors: connectors.value },
      problems: distinctProblems([...(registry?.problems ?? []), ...connectors.problems]),
      readAtMs: Date.now(),
    });
  },
});

async function readSubjects(registry: SchemaRegistry, topic: string) {
  const { url } = registry;
  const signal = AbortSignal.timeout(ANSWER_MS_MAX);
  const names = await settle(registry.subjects(`${topic}-`, signal), UNTITLED);
  if (names.value === undefined) return { value: { url, subjects: null, more: 0 }, problems: names.problems };
  const own = subjectsOfTopic(names.value, topic);
  const problems: Problem[] = [];
  const read = async (subject: TopicSubject): Promise<LinkedSubject | undefined> => {
    const [latest, compatibility] = await Promise.all([
      settle(registry.latest(subject.subject, signal), UNTITLED),
      settle(registry.compatibility(subject.subject, signal), UNTITLED),
    ]);
    problems.push(...latest.problems, ...compatibility.problems);
    // It was there a moment ago, and is deleted now.
    if (latest.value === undefined && latest.problems.length === 0) return undefined;
    const { version, id, schema, schemaType = "AVRO" } = latest.value ?? {};
    return {
      ...subject,
      latest:
        version === undefined || id === undefined || schema === undefined
          ? null
          : { version, id, type: schemaType, schema },
      compatibility: compatibility.value ?? null,
    };
  };
  const subjects = await inParallel(own.slice(0, SUBJECTS_MAX), SUBJECTS_AT_ONCE, read);
  return {
    value: {
      url,
      subjects: subjects.filter((subject) => subject !== undefined),
      more: Math.max(0, own.length - SUBJECTS_MAX),
    },
    problems,
  };
}

async function readConnectors(clusters: readonly ConnectCluster[], topic: string) {
  const parts = await Promise.all(clusters.map((connect) => settle(connect.connectors.get(), UNTITLED)));
  const known = parts.flatMap(({ value }, index): LinkedConnector[][] =>
    value === undefined ? [] : [connectorsOfTopic(value, topic, clusters[index]?.url ?? "")],
  );
  return { value: known.length === 0 ? null : known.flat(), problems: parts.flatMap(({ problems }) => problems) };
}
