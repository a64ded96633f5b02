import * as z from "zod/mini";
import { brokerCommand } from "../../lib/contracts/brokers.ts";
import { problem } from "../../lib/problem.ts";
import { askPlatform } from "./control-client.ts";
import { JobFailed, jobKind } from "./engine/jobs/job-kind.ts";

export const CONTROL_BROKER = "control-broker";

/** The job that stops or starts a broker of the bundled cluster over the control socket: it takes as long as leaders take to move. `onDone` is told when the cluster is another. */
export function brokerKind(dataDirectory: string, onDone: (cluster: string) => void) {
  return jobKind({
    kind: CONTROL_BROKER,
    input: z.object({ broker: z.int(), command: brokerCommand }),
    checkpoint: z.null(),
    unit: "",
    cancelMeans: null,
    async run({ cluster, input: { broker, command } }, run) {
      run.log(
        command === "stop" ? `Asks broker ${broker} to hand over its leaders and stop.` : `Starts broker ${broker}.`,
      );
      const answer = await askPlatform(dataDirectory, { command: `${command}-broker`, broker });
      if (answer === undefined) throw new JobFailed(noPlatform(broker));
      if (!answer.ok)
        throw new JobFailed(problem({ code: "not-possible", title: answer.title, detail: answer.detail }));
      run.log(command === "stop" ? `Broker ${broker} has stopped.` : `Broker ${broker} serves again.`);
      onDone(cluster);
    },
  });
}

function noPlatform(broker: number) {
  return problem({
    code: "broker-unavailable",
    title: `Broker ${broker} could not be controlled`,
    detail: "The platform does not answer on its control socket.",
    suggestion: "It may be restarting. Try again in a moment.",
  });
}
