import type { Impact } from "../../lib/contracts/changes.ts";
import type { LinkedConnector } from "../../lib/contracts/topic-links.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { type Problem, problem, ProblemError } from "../../lib/problem.ts";
import type { Cluster } from "./cluster.ts";
import { namesInLine } from "./names-in-line.ts";
import type { ConnectCluster, Connector } from "./services/connect-cluster.ts";
import { connectorsOfTopic } from "./services/connectors-of-topic.ts";
import type { SchemaRegistry } from "./services/schema-registry.ts";
import { subjectsOfTopic } from "./services/subjects-of-topic.ts";
import { type Settled, settle } from "./settled.ts";

/** A person waits for the plan: what a service has not told by then is not known. */
const PATIENCE_MS = 2_000;

const UNKNOWN_CONNECTORS = "Which connectors use it is not known";
const UNKNOWN_SUBJECTS = "Which subjects stay in the Schema Registry is not known";

type UsingConnector = Pick<LinkedConnector, "name" | "use">;
/** Connectors that use topics of a plan, and what could not be found out. */
type UsedBy = { readonly connectors: readonly UsingConnector[]; readonly problems: readonly Problem[] };

/** Who uses topics of a plan in Connect; nobody where no Connect cluster is known. Answers soon. */
export async function connectorsOf(
  { services: { connect } }: Pick<Cluster, "services">,
  topics: readonly string[],
): Promise<UsedBy> {
  const parts = await Promise.all(connect.map((one) => settle(connectorsAtHand(one), { title: UNKNOWN_CONNECTORS })));
  const links = parts.flatMap(({ value = [] }, index) =>
    topics.flatMap((topic) => connectorsOfTopic(value, topic, connect[index]?.url ?? "")),
  );
  // One that uses several of the topics is named once.
  const connectors = new Map(links.map(({ connect: url, name, use }) => [`${url} ${name} ${use}`, { name, use }]));
  return { connectors: [...connectors.values()], problems: parts.flatMap((part) => untold(part, UNKNOWN_CONNECTORS)) };
}

/** The same, and the subjects that are named after the topics. */
export async function linksOf(
  cluster: Pick<Cluster, "services">,
  topics: readonly string[],
): Promise<UsedBy & { readonly subjects: readonly string[] }> {
  const { schemaRegistry } = cluster.services;
  const [used, subjects] = await Promise.all([
    connectorsOf(cluster, topics),
    settle(subjectsOf(schemaRegistry, topics), { title: UNKNOWN_SUBJECTS }),
  ]);
  return {
    connectors: used.connectors,
    subjects: subjects.value ?? [],
    problems: [...used.problems, ...untold(subjects, UNKNOWN_SUBJECTS)],
  };
}

/** The lines that name connectors, with what each kind of them meets. */
export function connectorsImpact(
  connectors: readonly UsingConnector[],
  { writing, reading }: { readonly writing: string; readonly reading: string },
): Impact[] {
  const line = (own: readonly UsingConnector[], does: string, what: string): Impact[] => {
    if (own.length === 0) return [];
    const names = namesInLine(own.map(({ name }) => name));
    const verb = own.length === 1 ? `${does}s` : does;
    return [{ severity: "warning", text: `${formatNumberOf(own.length, "connector")} ${verb} (${names}): ${what}` }];
  };
  return [
    ...line(
      connectors.filter(({ use }) => use !== "reads"),
      "write",
      writing,
    ),
    ...line(
      connectors.filter(({ use }) => use === "reads"),
      "read",
      reading,
    ),
  ];
}

/** The line that names the subjects that stay; none when there is none. */
export function subjectsImpact(subjects: readonly string[], rest: string): Impact[] {
  if (subjects.length === 0) return [];
  const stay = subjects.length === 1 ? "stays" : "stay";
  const text = `${formatNumberOf(subjects.length, "subject")} ${stay} in the Schema Registry (${namesInLine(subjects)})${rest}`;
  return [{ severity: "info", text }];
}

async function connectorsAtHand({ connectors, url }: ConnectCluster): Promise<readonly Connector[]> {
  const { value } = await connectors.atHand(PATIENCE_MS);
  if (value) return value;
  const detail = `${url} did not answer in time.`;
  throw new ProblemError(problem({ code: "timed-out", title: UNKNOWN_CONNECTORS, detail }));
}

async function subjectsOf(registry: SchemaRegistry | undefined, topics: readonly string[]): Promise<string[]> {
  if (registry === undefined) return [];
  const [first] = topics;
  const prefix = topics.length === 1 ? `${first}-` : "";
  const names = await registry.subjects(prefix, AbortSignal.timeout(PATIENCE_MS));
  return topics.flatMap((topic) => subjectsOfTopic(names, topic).map(({ subject }) => subject));
}

/** A plan says what is not known; why, the service's own problem says. */
function untold({ problems }: Settled<unknown>, title: string): Problem[] {
  return problems.map((one) => ({ ...one, title }));
}
