import type * as z from "zod/mini";
import { unregisterBrokerCommand } from "../../lib/cli/operations.ts";
import { unregisterBrokerCode } from "../../lib/code/operations.ts";
import { unregisterBrokerInput } from "../../lib/contracts/operations.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { problem } from "../../lib/problem.ts";
import { fail, succeed } from "../../lib/result.ts";
import { unregisterBroker } from "../client/admin/quorum.ts";
import { describeAllTopics } from "../client/admin/topics.ts";
import { defineChange } from "./change.ts";
import type { Cluster } from "./cluster.ts";
import { kafkaProblem } from "./to-problem.ts";

/** Forgetting a broker that does not come back. */
export const unregisterBrokerChange = defineChange<z.infer<typeof unregisterBrokerInput>, null>({
  kind: "unregister-broker",
  input: unregisterBrokerInput,
  verb: () => "Unregister broker",
  failed: ({ broker }) => `Broker ${broker} was not unregistered`,
  target: ({ broker }) => ({ type: "broker", name: String(broker) }),
  cli: ({ broker }, bootstrap) => unregisterBrokerCommand(bootstrap, broker),
  code: ({ broker }, bootstrap) => unregisterBrokerCode(bootstrap, broker),
  async plan({ cluster }, { broker }, title) {
    const replicas = await replicasOn(cluster, broker);
    if (cluster.client.metadata.brokers.has(broker)) {
      const detail = `Broker ${broker} serves. A broker that runs registers again by itself.`;
      return fail(problem({ code: "not-possible", title, detail, suggestion: "Drain it and stop it first." }));
    }
    return succeed({
      before: { registered: "true", replicas: String(replicas) },
      after: { registered: null, replicas: String(replicas) },
      impact: [
        replicas > 0
          ? {
              severity: "critical",
              text: `${formatNumberOf(replicas, "partition")} still have a replica on it, and stay under-replicated. Drain the broker first.`,
            }
          : { severity: "info", text: "No partition has a replica on it." },
      ],
      problems: [],
    });
  },
  async act({ cluster }, { broker }, title) {
    const { errorCode, message } = await unregisterBroker(cluster.client, broker);
    cluster.forgetTopics();
    if (errorCode !== 0) {
      const needs = { operation: "Alter", resource: "cluster" as const };
      return fail(kafkaProblem(errorCode, message, { title, needs, identity: cluster.identity }));
    }
    return succeed({
      value: null,
      before: { registered: "true" },
      after: { registered: null },
      summary: "its registration",
    });
  },
  revert: () => ({ irreversible: "A broker registers by itself when it is started." }),
});

async function replicasOn({ client }: Cluster, broker: number): Promise<number> {
  const partitions = (await describeAllTopics(client)).flatMap((topic) => topic.partitions);
  return partitions.filter(({ replicaNodes }) => replicaNodes.includes(broker)).length;
}
