import type * as z from "zod/mini";
import { fenceProducerCommand } from "../../lib/cli/operations.ts";
import { fenceProducerCode } from "../../lib/code/operations.ts";
import { fenceProducerInput } from "../../lib/contracts/operations.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import {
  type DescribedTransaction,
  describeTransactions,
  fenceProducer,
  listTransactions,
} from "../client/admin/transactions.ts";
import { defineChange } from "./change.ts";
import type { Cluster } from "./cluster.ts";
import { kafkaProblem } from "./to-problem.ts";

/** Cutting off the producers of a transactional id: their open transaction is aborted, and what they write next is refused. */
export const fenceProducerChange = defineChange<z.infer<typeof fenceProducerInput>, null>({
  kind: "fence-producer",
  input: fenceProducerInput,
  verb: () => "Fence producers of",
  failed: ({ transactionalId }) => `Producers of ${transactionalId} were not fenced`,
  target: ({ transactionalId }) => ({ type: "transaction", name: transactionalId }),
  cli: ({ transactionalId }, bootstrap) => fenceProducerCommand(bootstrap, transactionalId),
  code: ({ transactionalId }, bootstrap) => fenceProducerCode(bootstrap, transactionalId),
  async plan({ cluster }, { transactionalId }, title) {
    const found = await describe(cluster, transactionalId, title);
    if (!found.ok) return found;
    const isOpen = found.value.transactionState === "Ongoing";
    return succeed({
      before: factsOf(found.value),
      after: { "producer epoch": String(found.value.producerEpoch + 1) },
      impact: [
        {
          severity: "warning",
          text: "Whoever produces under this id is refused from now on (PRODUCER_FENCED), and must be started again.",
        },
        {
          severity: isOpen ? "critical" : "info",
          text: isOpen
            ? "Its open transaction is aborted: what it wrote there is thrown away by readers with isolation.level=read_committed."
            : "No transaction is open.",
        },
      ],
      problems: [],
      state: { state: found.value.transactionState, producer: String(found.value.producerId) },
    });
  },
  async act({ cluster }, { transactionalId }, title) {
    const found = await describe(cluster, transactionalId, title);
    if (!found.ok) return found;
    const errorCode = await fenceProducer(cluster.client, transactionalId);
    if (errorCode !== 0) return fail(kafkaProblem(errorCode, null, { title, identity: cluster.identity }));
    const after = { "producer epoch": String(found.value.producerEpoch + 1) };
    return succeed({
      value: null,
      before: factsOf(found.value),
      after,
      summary: `was ${found.value.transactionState}`,
    });
  },
  revert: () => ({ irreversible: "The producers have been told. Start them again: they get a new epoch." }),
});

async function describe(
  cluster: Cluster,
  transactionalId: string,
  title: string,
): Promise<Result<DescribedTransaction>> {
  const { transactions } = await listTransactions(cluster.client);
  const own = transactions.filter((one) => one.transactionalId === transactionalId);
  const [found] = await describeTransactions(cluster.client, own);
  if (found !== undefined && found.errorCode === 0) return succeed(found);
  return fail(problem({ code: "not-possible", title, detail: `No coordinator knows ${transactionalId} any more.` }));
}

function factsOf({ transactionState, producerId, producerEpoch }: DescribedTransaction) {
  return { state: transactionState, producer: String(producerId), "producer epoch": String(producerEpoch) };
}
