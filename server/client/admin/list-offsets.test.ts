import { expect, test } from "vitest";
import { Simulation } from "../../environment/simulated/simulation.ts";
import { ScriptedBroker } from "../../testing/scripted-broker.ts";
import { ListOffsets } from "../../wire/apis/list-offsets.ts";
import { Metadata } from "../../wire/apis/metadata.ts";
import { NONE, OFFSET_NOT_AVAILABLE } from "../../wire/errors.ts";
import { ClusterClient } from "../cluster-client.ts";
import { LATEST, listOffsets } from "./list-offsets.ts";

/** Asks for the end of a partition whose leader does not know it the first times. */
async function endAfter(timesUnknown: number, timeoutMs?: number) {
  const simulation = new Simulation("offsets");
  const server = simulation.machine("broker").start("broker").environment;
  const { environment } = simulation.machine("client").start("client");
  let asked = 0;
  const broker = new ScriptedBroker(server, {
    serves: { Metadata: [0, 9], ListOffsets: [1, 5] },
    onRequest: (request) => {
      if (request.api === "Metadata")
        request.answer(Metadata, {
          brokers: [{ nodeId: 1, host: "broker", port: 9092 }],
          controllerId: 1,
          topics: [
            { name: "orders", partitions: [{ partitionIndex: 0, leaderId: 1, isrNodes: [1], replicaNodes: [1] }] },
          ],
        });
      else {
        asked += 1;
        const answer = asked > timesUnknown ? { errorCode: NONE, offset: 7 } : { errorCode: OFFSET_NOT_AVAILABLE };
        request.answer(ListOffsets, { topics: [{ name: "orders", partitions: [{ partitionIndex: 0, ...answer }] }] });
      }
    },
  });
  await simulation.settle(broker.listen("broker", 9092));
  const client = new ClusterClient(environment, { bootstrap: ["broker:9092"], clientId: "tester" });
  const query = { topic: "orders", partition: 0, timestampMs: LATEST };
  const [answer] = await simulation.settle(listOffsets(client, [query], { deadlineMs: client.deadline(timeoutMs) }));
  return { answer, asked };
}

test("a leader that was just elected is asked again until it knows the end", async () => {
  expect(await endAfter(3)).toMatchObject({ answer: { errorCode: NONE, offset: 7 }, asked: 4 });
});

test("but not for ever", async () => {
  expect(await endAfter(Number.POSITIVE_INFINITY)).toMatchObject({
    answer: { errorCode: OFFSET_NOT_AVAILABLE, offset: -1 },
    asked: 11,
  });
});

test("and not past the deadline: what the leader said last stands", async () => {
  expect(await endAfter(Number.POSITIVE_INFINITY, 350)).toMatchObject({
    answer: { errorCode: OFFSET_NOT_AVAILABLE, offset: -1 },
    asked: 4,
  });
});
