import { controlBrokerCommand } from "../../lib/cli/platform.ts";
import { type ControlBrokerInput, controlBrokerInput } from "../../lib/contracts/brokers.ts";
import type { Impact } from "../../lib/contracts/changes.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { describeAllTopics } from "../client/admin/topics.ts";
import { CONTROL_BROKER } from "./broker-job.ts";
import { brokerStop, impactOfStop, stateForStop } from "./broker-stop.ts";
import { defineChange } from "./change.ts";
import { sampledOf } from "./sampled.ts";
import { settle } from "./settled.ts";
import { brokerToControl } from "./supervised-brokers.ts";
import { readSettingsColumn } from "./topic-columns/settings-column.ts";
import type { Scope } from "./use-case.ts";

/** Stopping or starting a broker of the bundled cluster. A job does it. */
export const controlBrokerChange = defineChange<ControlBrokerInput, { readonly jobId: number }>({
  kind: "control-broker",
  input: controlBrokerInput,
  verb: ({ command }) => (command === "stop" ? "Stop broker" : "Start broker"),
  failed: ({ broker, command }) => `Broker ${broker} was not ${command === "stop" ? "stopped" : "started"}`,
  target: ({ broker }) => ({ type: "broker", name: String(broker) }),
  cli: ({ command, broker }) => controlBrokerCommand(command, broker),
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

async function controllable(
  scope: Scope,
  { broker, command }: ControlBrokerInput,
  title: string,
): Promise<Result<string>> {
  const found = await brokerToControl(scope, broker, title);
  if (!found.ok) return found;
  const { state } = found.value;
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
