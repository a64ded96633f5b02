import * as z from "zod/mini";
import { brokerCommand, type ControlBrokerInput } from "../../lib/contracts/brokers.ts";
import type { ChangePlan, Impact } from "../../lib/contracts/changes.ts";
import { clusterSlug } from "../../lib/contracts/primitives.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { describeAllTopics } from "../client/admin/topics.ts";
import { CONTROL_BROKER } from "./broker-job.ts";
import { brokerStop, impactOfStop, stateForStop } from "./broker-stop.ts";
import { defineChange } from "./change.ts";
import { sampledOf } from "./sampled.ts";
import { settle } from "./settled.ts";
import { supervisedBrokers } from "./supervised-brokers.ts";
import { readSettingsColumn } from "./topic-columns/settings-column.ts";
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
    const before = { state: state.value };
    if (input.command === "start")
      return succeed({ before, after: { state: "running" }, impact: impactOfStart(input.broker), problems: [] });
    const now = await readNow(scope);
    const stop = brokerStop(now, input.broker);
    return succeed({
      before,
      after: { state: "stopped" },
      impact: impactOfStop(stop),
      problems: now.problems,
      state: { ...before, ...stateForStop(stop) },
    });
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

/** Partitions as they are at this moment: a sweep of seconds ago does not know the topic that was just made. */
async function readNow(scope: Scope) {
  const { client, identity } = scope.cluster;
  const topics = (await describeAllTopics(client)).filter(({ errorCode }) => errorCode === 0);
  const title = "min.insync.replicas of some topics could not be read";
  const settings = await settle(readSettingsColumn(scope.cluster, topics), { title, identity });
  const least = [...(settings.value?.values ?? [])].flatMap(([topic, { minInsyncReplicas }]) =>
    minInsyncReplicas === null ? [] : [[topic, minInsyncReplicas] as const],
  );
  const { snapshot } = await sampledOf(scope);
  return {
    topics,
    minIsr: new Map(least),
    brokers: [...client.metadata.brokers.values()],
    groups: snapshot.groups,
    problems: [...settings.problems, ...(settings.value?.problems ?? [])],
  };
}

function impactOfStart(broker: number): Impact[] {
  return [{ severity: "info", text: `Broker ${broker} copies what it missed, then takes part again.` }];
}
