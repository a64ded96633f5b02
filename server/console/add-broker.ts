import type * as z from "zod/mini";
import { addBrokerCommand } from "../../lib/cli/platform.ts";
import { addBrokerInput } from "../../lib/contracts/brokers.ts";
import { succeed } from "../../lib/result.ts";
import { ADD_BROKER } from "./broker-job.ts";
import { defineChange } from "./change.ts";
import { platformToControl, type RunningPlatform } from "./supervised-brokers.ts";

/** Bringing one more broker into the bundled cluster. A job does it. */
export const addBrokerChange = defineChange<z.infer<typeof addBrokerInput>, { readonly jobId: number }>({
  kind: ADD_BROKER,
  input: addBrokerInput,
  verb: () => "Add a broker to",
  failed: () => "No broker was added",
  target: ({ cluster }) => ({ type: "cluster", name: cluster }),
  cli: addBrokerCommand,
  async plan(scope, _, title) {
    const platform = await platformToControl(scope, title);
    if (!platform.ok) return platform;
    const { nextBrokerId } = platform.value;
    return succeed({
      ...factsOf(platform.value),
      impact: [
        { severity: "info", text: `Broker ${nextBrokerId} joins, on ports of its own beside the others'.` },
        {
          severity: "info",
          text: "It is empty: partitions that are made from then on come to it, others once they are moved (Use more… in its menu).",
        },
      ],
      problems: [],
    });
  },
  async act(scope, { cluster }, title) {
    const platform = await platformToControl(scope, title);
    if (!platform.ok) return platform;
    const { id } = scope.context.engine.jobs.add({
      kind: ADD_BROKER,
      cluster,
      title: "Add a broker",
      detail: "over the control socket",
      actor: scope.actor.name,
      input: {},
    });
    const summary = `broker ${platform.value.nextBrokerId}`;
    return succeed({ value: { jobId: id }, ...factsOf(platform.value), summary, jobId: id });
  },
  revert: ({ after }, { cluster }) => ({
    kind: "remove-broker",
    input: { cluster, broker: Number(after["new broker"]) },
  }),
});

function factsOf({ brokers, nextBrokerId }: RunningPlatform) {
  const ids = [...brokers.keys()];
  return {
    before: { brokers: ids.join(", "), "new broker": null },
    after: { brokers: [...ids, nextBrokerId].join(", "), "new broker": String(nextBrokerId) },
  };
}
