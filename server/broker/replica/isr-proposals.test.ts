import { describe, expect, test } from "vitest";
import { ClientError } from "../../client/client-error.ts";
import { Simulation } from "../../environment/simulated/simulation.ts";
import type { RequestInput, ResponseOf } from "../../wire/api.ts";
import type { AlterPartition } from "../../wire/apis/alter-partition.ts";
import {
  FENCED_LEADER_EPOCH,
  INELIGIBLE_REPLICA,
  INVALID_UPDATE_VERSION,
  NONE,
  NOT_CONTROLLER,
  STALE_BROKER_EPOCH,
} from "../../wire/errors.ts";
import { IsrProposals } from "./isr-proposals.ts";
import type { IsrProposal } from "./partition.ts";

type Request = RequestInput<typeof AlterPartition>;
type Response = ResponseOf<typeof AlterPartition>;

const ORDERS_ID = "bd5pUXVeTlyHmEmoP2Y_JA";

function proposal(partition: number, isr: readonly number[]): IsrProposal {
  return {
    topicPartition: { topic: "orders", partition },
    topicId: ORDERS_ID,
    leaderEpoch: 4,
    partitionEpoch: 10,
    isr,
    brokerEpochs: isr.map((id) => id * 100),
  };
}

/** A response that gives each partition of the request its error code. */
function respond(request: Request, errorCodes: readonly number[], errorCode: number = NONE): Response {
  const partitions = (request.topics?.[0]?.partitions ?? []).map((asked, index) => ({
    partitionIndex: asked.partitionIndex ?? 0,
    errorCode: errorCodes[index] ?? NONE,
    leaderId: 1,
    leaderEpoch: 4,
    isr: (asked.newIsrWithEpochs ?? []).map(({ brokerId }) => brokerId ?? -1),
    leaderRecoveryState: 0,
    partitionEpoch: 11,
  }));
  return { throttleTimeMs: 0, errorCode, topics: errorCode === NONE ? [{ topicId: ORDERS_ID, partitions }] : [] };
}

/** A controller that answers with these, one after the other; an error is what no answer looks like. */
function world(answers: readonly ((request: Request) => Response)[]) {
  const simulation = new Simulation("isr proposals");
  const { environment } = simulation.machine("node-1").start("broker");
  const requests: Request[] = [];
  const told: string[] = [];
  const proposals = new IsrProposals(environment, {
    nodeId: 1,
    brokerEpoch: () => 77,
    send: (request) => {
      const answer = answers[requests.length];
      requests.push(request);
      if (answer === undefined) return Promise.reject(new ClientError("closed", "no more answers"));
      return Promise.resolve().then(() => answer(request));
    },
    confirmed: ({ topicPartition }, { isr, partitionEpoch }) =>
      void told.push(`${topicPartition.partition} has ${isr.join()} in ${partitionEpoch}`),
    refused: ({ topicPartition }) => void told.push(`${topicPartition.partition} refused`),
  });
  return { simulation, proposals, requests, told };
}

describe("proposals of ISRs", () => {
  test("of one step go in one request, with the life of each broker", async () => {
    const { simulation, proposals, requests, told } = world([(request) => respond(request, [])]);
    proposals.propose(proposal(0, [1, 2]));
    proposals.propose(proposal(3, [1, 3]));
    await simulation.run();
    expect(requests).toEqual([
      {
        brokerId: 1,
        brokerEpoch: 77,
        topics: [
          {
            topicId: ORDERS_ID,
            partitions: [
              {
                partitionIndex: 0,
                leaderEpoch: 4,
                partitionEpoch: 10,
                leaderRecoveryState: 0,
                newIsrWithEpochs: [
                  { brokerId: 1, brokerEpoch: 77 },
                  { brokerId: 2, brokerEpoch: 200 },
                ],
              },
              {
                partitionIndex: 3,
                leaderEpoch: 4,
                partitionEpoch: 10,
                leaderRecoveryState: 0,
                newIsrWithEpochs: [
                  { brokerId: 1, brokerEpoch: 77 },
                  { brokerId: 3, brokerEpoch: 300 },
                ],
              },
            ],
          },
        ],
      },
    ]);
    expect(told).toEqual(["0 has 1,2 in 11", "3 has 1,3 in 11"]);
  });

  test("are sent until they are answered", async () => {
    const { simulation, proposals, requests, told } = world([
      () => {
        throw new ClientError("timed-out", "no answer");
      },
      (request) => respond(request, [], STALE_BROKER_EPOCH),
      (request) => respond(request, [NOT_CONTROLLER]),
      (request) => respond(request, [NONE]),
    ]);
    proposals.propose(proposal(0, [1, 2]));
    await simulation.run();
    expect(requests).toHaveLength(4);
    expect(told).toEqual(["0 has 1,2 in 11"]);
  });

  test("that name a broker which the controller will not have are given back, others wait for the metadata", async () => {
    const codes = [INELIGIBLE_REPLICA, INVALID_UPDATE_VERSION, FENCED_LEADER_EPOCH];
    const { simulation, proposals, requests, told } = world([(request) => respond(request, codes)]);
    for (const partition of [0, 1, 2]) proposals.propose(proposal(partition, [1, 2]));
    await simulation.run();
    expect(requests).toHaveLength(1);
    expect(told).toEqual(["0 refused"]);
  });

  test("that come while one is on its way are sent after it", async () => {
    const later: { propose?: () => void } = {};
    const { simulation, proposals, requests, told } = world([
      (request) => {
        later.propose?.();
        return respond(request, []);
      },
      (request) => respond(request, []),
    ]);
    later.propose = () => proposals.propose(proposal(5, [1]));
    proposals.propose(proposal(0, [1, 2]));
    await simulation.run();
    expect(requests).toHaveLength(2);
    expect(told).toEqual(["0 has 1,2 in 11", "5 has 1 in 11"]);
  });

  test("are not sent any more after the stop", async () => {
    const { simulation, proposals, requests } = world([(request) => respond(request, [])]);
    proposals.propose(proposal(0, [1, 2]));
    proposals.stop();
    await simulation.run();
    expect(requests).toEqual([]);
  });
});
