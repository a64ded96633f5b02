import { abortTransactionCommand } from "../../lib/cli/operations.ts";
import { abortTransactionCode } from "../../lib/code/operations.ts";
import { type AbortTransactionInput, abortTransactionInput } from "../../lib/contracts/operations.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { type ActiveProducer, describeProducers } from "../client/admin/describe-producers.ts";
import { abortTransaction, listTransactions } from "../client/admin/transactions.ts";
import { defineChange } from "./change.ts";
import type { Cluster } from "./cluster.ts";
import { kafkaProblem } from "./to-problem.ts";

/** Aborting what a transaction left open in one partition, past its coordinator: for hanging ones. */
export const abortTransactionChange = defineChange<AbortTransactionInput, null>({
  kind: "abort-transaction",
  input: abortTransactionInput,
  verb: () => "Abort transaction in",
  failed: ({ topic, partition }) => `The transaction in ${topic}-${partition} was not aborted`,
  target: ({ topic, partition }) => ({ type: "transaction", name: `${topic}-${partition}` }),
  cli: (input, bootstrap) => abortTransactionCommand(bootstrap, input),
  code: ({ topic, partition }, bootstrap, after) => {
    const { producer, "producer epoch": producerEpoch, "coordinator epoch": coordinatorEpoch } = after;
    if (!producer || !producerEpoch || !coordinatorEpoch) return null;
    return abortTransactionCode(bootstrap, { topic, partition, producerId: producer, producerEpoch, coordinatorEpoch });
  },
  async plan({ cluster }, input, title) {
    const found = await findOpen(cluster, input, title);
    if (!found.ok) return found;
    const { producerId } = found.value;
    const { transactions } = await listTransactions(cluster.client, [producerId]);
    const alive = transactions.find(({ transactionState }) => transactionState === "Ongoing");
    return succeed({
      before: factsOf(found.value),
      after: { ...factsOf(found.value), state: "aborted" },
      impact: [
        alive
          ? {
              severity: "critical",
              text: `Its coordinator still runs it as ${alive.transactionalId}. The producer goes on and may commit what readers were told is aborted. Let it time out instead.`,
            }
          : {
              severity: "warning",
              text: "What it wrote to this partition is thrown away by readers with isolation.level=read_committed.",
            },
        {
          severity: "info",
          text: "Readers with isolation.level=read_committed go on past it; compaction and retention do, too.",
        },
      ],
      problems: [],
    });
  },
  async act({ cluster }, input, title) {
    const found = await findOpen(cluster, input, title);
    if (!found.ok) return found;
    const errorCode = await abortTransaction(cluster.client, found.value);
    if (errorCode !== 0) {
      const needs = { operation: "Alter", resource: "cluster" as const };
      return fail(kafkaProblem(errorCode, null, { title, needs, identity: cluster.identity }));
    }
    const before = factsOf(found.value);
    return succeed({
      value: null,
      before,
      after: { ...before, state: "aborted" },
      summary: `producer ${found.value.producerId}`,
    });
  },
  revert: () => ({ irreversible: "Readers have been told that the transaction is aborted." }),
});

async function findOpen(
  cluster: Cluster,
  { topic, partition, startOffset }: AbortTransactionInput,
  title: string,
): Promise<Result<ActiveProducer>> {
  const producers = await describeProducers(cluster.client, [{ topic, partition }]);
  const open = producers.find(({ transactionStartOffset }) => transactionStartOffset === startOffset);
  if (open) return succeed(open);
  const detail = `No transaction that began at offset ${startOffset} is open there any more.`;
  return fail(
    problem({
      code: "changed-meanwhile",
      title,
      detail,
      suggestion: "Look at the list again: it may have ended by itself.",
    }),
  );
}

function factsOf({ producerId, producerEpoch, coordinatorEpoch, transactionStartOffset }: ActiveProducer) {
  return {
    state: "open",
    producer: String(producerId),
    "producer epoch": String(producerEpoch),
    "coordinator epoch": String(coordinatorEpoch),
    "start offset": String(transactionStartOffset),
  };
}
