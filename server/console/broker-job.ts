import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod/mini";
import { controlBrokerInput } from "../../lib/contracts/brokers.ts";
import type { ControlRequest, ControlResponse } from "../../lib/contracts/control.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { problem } from "../../lib/problem.ts";
import { askPlatform } from "./control-client.ts";
import { JobFailed, jobKind, type JobRun } from "./engine/jobs/job-kind.ts";

export const CONTROL_BROKER = "control-broker";
export const ADD_BROKER = "add-broker";
export const REMOVE_BROKER = "remove-broker";

/** Replicas on their way are counted so often. */
const DRAIN_STEP_MS = 500;

const unit = "replicas";

/** How many replicas there were when the drain began. */
const drained = z.object({ total: z.number() });
type Drained = z.infer<typeof drained>;

/** The jobs that stop, start, add and remove brokers of the bundled cluster over the control socket: they take as long as leaders and replicas take to move. `onDone` is told when the cluster is another. */
export function brokerKinds(dataDirectory: string, onDone: (cluster: string) => void) {
  return [stopOrStart(dataDirectory, onDone), add(dataDirectory, onDone), remove(dataDirectory, onDone)];
}

function stopOrStart(dataDirectory: string, onDone: (cluster: string) => void) {
  return jobKind({
    kind: CONTROL_BROKER,
    input: z.pick(controlBrokerInput, { broker: true, command: true }),
    checkpoint: z.null(),
    unit: "",
    cancelMeans: null,
    async run({ cluster, input: { broker, command } }, run) {
      run.log(
        command === "stop" ? `Asks broker ${broker} to hand over its leaders and stop.` : `Starts broker ${broker}.`,
      );
      await order(dataDirectory, { command: `${command}-broker`, broker }, `Broker ${broker} could not be controlled`);
      run.log(command === "stop" ? `Broker ${broker} has stopped.` : `Broker ${broker} serves again.`);
      onDone(cluster);
    },
  });
}

function add(dataDirectory: string, onDone: (cluster: string) => void) {
  return jobKind({
    kind: ADD_BROKER,
    input: z.object({}),
    checkpoint: z.null(),
    unit: "",
    cancelMeans: null,
    async run({ cluster }, run) {
      const { broker, status } = await order(dataDirectory, { command: "add-broker" }, "No broker was added");
      const added = status.roles.find(({ kind, nodeId }) => kind === "broker" && nodeId === broker);
      const places = (added?.listeners ?? []).map(({ name, host, port }) => `${name} ${host}:${port}`);
      run.log(`Broker ${broker} is in the cluster: ${places.join(", ")}.`);
      onDone(cluster);
    },
  });
}

function remove(dataDirectory: string, onDone: (cluster: string) => void) {
  return jobKind<{ broker: number }, Drained>({
    kind: REMOVE_BROKER,
    input: z.object({ broker: z.int() }),
    checkpoint: drained,
    unit,
    cancelMeans: "Replicas that are on their way arrive; the broker stays in the cluster.",
    async run({ cluster, input: { broker }, checkpoint }, run) {
      const title = `Broker ${broker} was not removed`;
      const { status } = await order(dataDirectory, { command: "status" }, title);
      // The console ended after it had said so, before it had noted it.
      const isThere = status.roles.some(({ kind, nodeId }) => kind === "broker" && nodeId === broker);
      if (isThere) {
        await drain(dataDirectory, { broker, title, total: checkpoint?.total ?? 0 }, run);
        await order(dataDirectory, { command: "remove-broker", broker }, title);
      }
      run.log(`Broker ${broker} has left the cluster.`);
      onDone(cluster);
    },
  });
}

type Draining = { readonly broker: number; readonly title: string; readonly total: number };

/** Asks until nothing is on the broker: each time sends away what is not on its way, in portions. */
async function drain(dataDirectory: string, { broker, title, total }: Draining, run: JobRun<Drained>): Promise<void> {
  const request = { command: "drain-broker", broker } as const;
  let most = total;
  for (;;) {
    const { replicas = 0 } = await order(dataDirectory, request, title);
    if (replicas > most) run.log(`${formatNumberOf(replicas, "replica")} to move from broker ${broker}.`);
    most = Math.max(most, replicas);
    const note = replicas === 0 ? "takes it out" : `${formatNumberOf(replicas, "replica")} on it still`;
    run.checkpoint({ total: most }, { done: most - replicas, total: most, unit, note });
    if (replicas === 0) return;
    await pause(DRAIN_STEP_MS, undefined, { signal: run.signal }).catch(() => undefined);
  }
}

/** Asks the platform. What it refuses, or that it is not there, ends the job. */
async function order(
  dataDirectory: string,
  request: ControlRequest,
  title: string,
): Promise<ControlResponse & { readonly ok: true }> {
  const answer = await askPlatform(dataDirectory, request);
  if (answer?.ok === true) return answer;
  if (answer === undefined) {
    const detail = "The platform does not answer on its control socket.";
    const suggestion = "It may be restarting. Try again in a moment.";
    throw new JobFailed(problem({ code: "broker-unavailable", title, detail, suggestion }));
  }
  throw new JobFailed(problem({ code: "not-possible", title: answer.title, detail: answer.detail }));
}
