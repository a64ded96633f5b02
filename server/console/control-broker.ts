import * as z from "zod/mini";
import { brokerCommand, type ControlBrokerInput } from "../../lib/contracts/brokers.ts";
import type { ChangePlan, Impact } from "../../lib/contracts/changes.ts";
import { clusterSlug } from "../../lib/contracts/primitives.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { CONTROL_BROKER } from "./broker-job.ts";
import { defineChange } from "./change.ts";
import type { ClusterSnapshot } from "./engine/sampler/snapshot.ts";
import { sampledOf } from "./sampled.ts";
import { supervisedBrokers } from "./supervised-brokers.ts";
import { isBelowMinIsr } from "./topic-summary.ts";
import type { Scope, UseCase } from "./use-case.ts";

const changeInput = z.object({ cluster: clusterSlug, broker: z.int(), command: brokerCommand });
type ChangeInput = z.infer<typeof changeInput>;

/** Stopping or starting a broker of the bundled cluster. A job does it. */
export const controlBrokerChange = defineChange<ChangeInput, { readonly jobId: number }>({
  kind: "control-broker",
  input: changeInput,
  verb: ({ command }) => (command === "stop" ? "Stop broker" : "Start broker"),
  failed: ({ broker, command }) => `Broker ${broker} was not ${command === "stop" ? "stopped" : "started"}`,
  target: ({ broker }) => ({ type: "broker", name: String(broker) }),
  async plan(scope, input, title) {
    const state = await controllable(scope, input, title);
    if (!state.ok) return state;
    const { snapshot } = await sampledOf(scope);
    const impact = input.command === "stop" ? impactOfStop(snapshot, input.broker) : impactOfStart(input.broker);
    const after = { state: input.command === "stop" ? "stopped" : "running" };
    return succeed({ before: { state: state.value }, after, impact, problems: [] });
  },
  async act(scope, input, title) {
    const state = await controllable(scope, input, title);
    if (!state.ok) return state;
    const { cluster, broker, command } = input;
    const { id } = scope.context.engine.jobs.add({
      kind: CONTROL_BROKER,
      cluster,
      title: `${command === "stop" ? "Stop" : "Start"} broker ${broker}`,
      detail: "over the control socket",
      actor: scope.actor.name,
      input: { broker, command },
    });
    const after = { state: command === "stop" ? "stopped" : "running" };
    return succeed({
      value: { jobId: id },
      before: { state: state.value },
      after,
      summary: `was ${state.value}`,
      jobId: id,
    });
  },
  revert: (_, { cluster, broker, command }) => ({
    kind: "control-broker",
    input: { cluster, broker, command: command === "stop" ? "start" : "stop" },
  }),
});

/** What stopping or starting a broker would do. */
export const planBrokerControl: UseCase<ChangeInput, ChangePlan> = controlBrokerChange.planIt;

/** Stops or starts a broker as the plan said; answers with the job that does it. */
export const controlBroker: UseCase<ControlBrokerInput, { readonly jobId: number }> = (context, actor, input) => {
  const { fingerprint, ...change } = input;
  return controlBrokerChange.actOn(context, actor, change, { fingerprint });
};

async function controllable(scope: Scope, { broker, command }: ChangeInput, title: string): Promise<Result<string>> {
  const supervised = await supervisedBrokers(scope);
  const state = supervised?.get(broker);
  if (state === undefined) {
    const detail = supervised
      ? `The platform runs no broker ${broker}.`
      : "This console does not run the brokers of this cluster.";
    return fail(problem({ code: "not-possible", title, detail, suggestion: "Stop it where it runs." }));
  }
  if ((command === "stop") === (state === "stopped"))
    return fail(problem({ code: "not-possible", title, detail: `Broker ${broker} is ${state}.` }));
  return succeed(state);
}

function impactOfStart(broker: number): Impact[] {
  return [{ severity: "info", text: `Broker ${broker} copies what it missed, then takes part again.` }];
}

/** What clients would meet: partitions that lose their last replica, those where acks=all is refused, and leaders that move. */
function impactOfStop({ topics, minIsr, brokers }: ClusterSnapshot, broker: number): Impact[] {
  if (brokers.every(({ id }) => id === broker))
    return [
      { severity: "critical", text: "It is the only broker: nobody can reach the cluster until it is started again." },
    ];
  let leaders = 0;
  let offline = 0;
  let refused = 0;
  for (const { name, partitions } of topics)
    for (const { leaderId, isrNodes, replicaNodes } of partitions) {
      if (!isrNodes.includes(broker)) continue;
      const left = isrNodes.filter((id) => id !== broker);
      if (left.length === 0) offline += 1;
      else if (leaderId === broker) leaders += 1;
      if (left.length > 0 && isBelowMinIsr({ isrNodes: left, replicaNodes }, minIsr.get(name ?? "") ?? 1)) refused += 1;
    }
  const lines: (Impact | false)[] = [
    offline > 0 && {
      severity: "critical",
      text: `${formatNumberOf(offline, "partition")} would have no replica in sync: nobody could write there or read until it is back.`,
    },
    refused > 0 && {
      severity: "critical",
      text: `${formatNumberOf(refused, "partition")} would fall below min ISR: producers with acks=all are refused (NOT_ENOUGH_REPLICAS).`,
    },
    leaders > 0 && {
      severity: "warning",
      text: `${formatNumberOf(leaders, "leader")} would move to other brokers; clients follow by themselves.`,
    },
    { severity: "info", text: "Other partitions stay as they are, with one replica less." },
  ];
  return lines.filter((line) => line !== false);
}
