import type * as z from "zod/mini";
import { removeBrokerCommand } from "../../lib/cli/platform.ts";
import { removeBrokerInput } from "../../lib/contracts/brokers.ts";
import type { Impact } from "../../lib/contracts/changes.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { describeAllTopics } from "../client/admin/topics.ts";
import { REMOVE_BROKER } from "./broker-job.ts";
import { defineChange } from "./change.ts";
import { namedPartitions } from "./named-partitions.ts";
import { brokerToControl, type RunningPlatform } from "./supervised-brokers.ts";
import type { Scope } from "./use-case.ts";

/** What is on a broker that should leave. */
type Held = { readonly replicas: number; readonly leaders: number };

/** Emptying a broker of the bundled cluster and taking it out for good. A job does it. */
export const removeBrokerChange = defineChange<z.infer<typeof removeBrokerInput>, { readonly jobId: number }>({
  kind: REMOVE_BROKER,
  input: removeBrokerInput,
  verb: () => "Drain and remove broker",
  failed: ({ broker }) => `Broker ${broker} was not removed`,
  target: ({ broker }) => ({ type: "broker", name: String(broker) }),
  cli: ({ broker }) => removeBrokerCommand(broker),
  async plan(scope, { broker }, title) {
    const platform = await brokerToControl(scope, broker, title);
    if (!platform.ok) return platform;
    const held = await heldBy(scope, broker, platform.value, title);
    if (!held.ok) return held;
    return succeed({
      ...factsOf(broker, platform.value),
      impact: impactOf(broker, held.value, platform.value),
      problems: [],
    });
  },
  async act(scope, { cluster, broker }, title) {
    const platform = await brokerToControl(scope, broker, title);
    if (!platform.ok) return platform;
    const held = await heldBy(scope, broker, platform.value, title);
    if (!held.ok) return held;
    const { id } = scope.context.engine.jobs.add({
      kind: REMOVE_BROKER,
      cluster,
      title: `Remove broker ${broker}`,
      detail: `${formatNumberOf(held.value.replicas, "replica")} to move first`,
      actor: scope.actor.name,
      input: { broker },
    });
    const summary = `${formatNumberOf(held.value.replicas, "replica")} moved first`;
    return succeed({ value: { jobId: id }, ...factsOf(broker, platform.value), summary, jobId: id });
  },
  revert: () => ({ irreversible: "An id is not given twice. Add a broker, and use it: that is another, empty one." }),
});

/** Counts what is there; refuses when some of it has nowhere to go. */
async function heldBy(
  { cluster: { client } }: Scope,
  broker: number,
  { brokers }: RunningPlatform,
  title: string,
): Promise<Result<Held>> {
  const others = [...brokers].filter(([id, state]) => id !== broker && state === "running").map(([id]) => id);
  if (others.length === 0) {
    const suggestion = "Start the others, or add one.";
    return fail(problem({ code: "not-possible", title, detail: "No other broker runs.", suggestion }));
  }
  const held = (await describeAllTopics(client)).flatMap(({ name, partitions }) =>
    partitions
      .filter(({ replicaNodes }) => replicaNodes.includes(broker))
      .map(({ partitionIndex, replicaNodes, leaderId }) => ({
        name: `${name ?? ""}-${partitionIndex}`,
        isLed: leaderId === broker,
        isStuck: others.every((id) => replicaNodes.includes(id)),
      })),
  );
  const stuck = held.filter(({ isStuck }) => isStuck).map(({ name }) => name);
  if (stuck.length > 0) {
    const detail = `${namedPartitions(stuck)} ${stuck.length === 1 ? "has" : "have"} a replica on every other broker already: there is nowhere to go.`;
    const suggestion = "Add a broker first, or give these topics fewer replicas.";
    return fail(problem({ code: "not-possible", title, detail, suggestion }));
  }
  return succeed({ replicas: held.length, leaders: held.filter(({ isLed }) => isLed).length });
}

function impactOf(broker: number, { replicas, leaders }: Held, { dataDirectory }: RunningPlatform): Impact[] {
  const lines: (Impact | false)[] = [
    replicas > 0 && {
      severity: "warning",
      text: `${formatNumberOf(replicas, "replica")} ${replicas === 1 ? "is" : "are"} copied to the other brokers first, as fast as they can. No partition has a copy less meanwhile.`,
    },
    leaders > 0 && {
      severity: "info",
      text: `${formatNumberOf(leaders, "leader")} move${leaders === 1 ? "s" : ""} to other brokers; clients follow by themselves.`,
    },
    replicas === 0 && { severity: "info", text: "Nothing is on it." },
    {
      severity: "info",
      text: `Then it stops, and the cluster forgets it. Its files stay in ${dataDirectory}/broker-${broker}, and can be deleted.`,
    },
  ];
  return lines.filter((line) => line !== false);
}

function factsOf(broker: number, { brokers }: RunningPlatform) {
  const ids = [...brokers.keys()];
  return {
    before: { brokers: ids.join(", ") },
    after: { brokers: ids.filter((id) => id !== broker).join(", ") },
  };
}
