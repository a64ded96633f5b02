import { beforeAll, describe, expect, test } from "vitest";
import { Simulation } from "../../environment/simulated/simulation.ts";
import { loadCompression } from "../../wire/compression.ts";
import { BrokerConfig } from "../config/broker-config.ts";
import { configsOf, TOPIC_RESOURCE } from "../controller/image.ts";
import { SimulatedBroker, startController } from "../controller/testing/simulated-controller.ts";
import { AutoTopicCreation } from "./auto-topic-creation.ts";
import { ProducerIds } from "./producer-ids.ts";

beforeAll(loadCompression);

const LONG_MS = 60_000;

async function cluster(seed: number) {
  const simulation = new Simulation(seed);
  const machine = simulation.machine("controller");
  const controller = await startController(simulation, machine);
  const broker = new SimulatedBroker(1, simulation.machine("one"));
  await simulation.settle(broker.start());
  const { environment } = broker.program;
  const config = BrokerConfig.fromTexts({
    defaults: { "node.id": "1", "offsets.topic.replication.factor": "1", "offsets.topic.num.partitions": "3" },
  });
  if (!(config instanceof BrokerConfig)) throw new Error("the settings are sound");
  const ids = new ProducerIds(environment, {
    nodeId: 1,
    channel: broker.channel,
    brokerEpoch: () => broker.lifecycle.brokerEpoch,
  });
  const topics = new AutoTopicCreation(environment, { channel: broker.channel, follower: broker.follower, config });
  const deadlineMs = (): number => simulation.time.nowMs + LONG_MS;
  return { simulation, machine, controller, broker, ids, topics, deadlineMs };
}

describe("producer ids", () => {
  test("are never given twice, over blocks and however many are asked for at a time", async () => {
    const { simulation, ids, deadlineMs } = await cluster(1);
    const asked = Array.from({ length: 2500 }, () => ids.next(deadlineMs()));
    const given = await simulation.settle(Promise.all(asked));
    expect(new Set(given).size).toBe(2500);
    expect(given.every((id) => typeof id === "number")).toBe(true);
  });

  test("of two brokers are different", async () => {
    const { simulation, ids, deadlineMs } = await cluster(2);
    const other = new SimulatedBroker(2, simulation.machine("two"));
    await simulation.settle(other.start());
    const others = new ProducerIds(other.program.environment, {
      nodeId: 2,
      channel: other.channel,
      brokerEpoch: () => other.lifecycle.brokerEpoch,
    });
    const given = await simulation.settle(Promise.all([ids.next(deadlineMs()), others.next(deadlineMs())]));
    expect(given.toSorted()).toEqual([0, 1000]);
  });

  test("last while the controller is away, then producers are told to come again", async () => {
    const { simulation, ids, machine, controller, deadlineMs } = await cluster(3);
    expect(await simulation.settle(ids.next(deadlineMs()))).toBe(0);
    machine.kill(controller.process);
    expect(await simulation.settle(ids.next(deadlineMs()))).toBe(1);
    for (let id = 2; id < 1000; id++) expect(await simulation.settle(ids.next(deadlineMs()))).toBe(id);
    expect(await simulation.settle(ids.next(simulation.time.nowMs + 1000))).toMatchObject({ errorCode: 14 });
  });
});

describe("topics that clients ask for", () => {
  test("are made once, however many ask at a time", async () => {
    const { simulation, topics, broker, deadlineMs } = await cluster(4);
    const answers = await simulation.settle(
      Promise.all([1, 2, 3].map(() => topics.create(["orders", "payments"], deadlineMs()))),
    );
    for (const answer of answers)
      expect([...answer]).toEqual([
        ["orders", "created"],
        ["payments", "created"],
      ]);
    expect([...broker.follower.image.topicsByName.keys()].toSorted()).toEqual(["orders", "payments"]);
    expect(simulation.log.named("topic created")).toHaveLength(2);
  });

  test("are there already: nothing is wrong with that", async () => {
    const { simulation, topics, deadlineMs } = await cluster(5);
    await simulation.settle(topics.create(["orders"], deadlineMs()));
    expect(await simulation.settle(topics.create(["orders"], deadlineMs()))).toEqual(new Map([["orders", "created"]]));
  });

  test("are refused by name without asking the controller", async () => {
    const { simulation, topics, machine, controller, deadlineMs } = await cluster(6);
    machine.kill(controller.process);
    const answer = await simulation.settle(topics.create(["a b"], deadlineMs()));
    expect(answer.get("a b")).toMatchObject({ errorCode: 17 });
  });

  test("have the settings of the cluster's own where they are the cluster's own", async () => {
    const { simulation, topics, broker, deadlineMs } = await cluster(7);
    await simulation.settle(topics.create(["__consumer_offsets"], deadlineMs()));
    const { image } = broker.follower;
    expect(image.topicsByName.get("__consumer_offsets")?.partitions).toHaveLength(3);
    expect(Object.fromEntries(configsOf(image, { type: TOPIC_RESOURCE, name: "__consumer_offsets" }))).toEqual({
      "cleanup.policy": "compact",
      "compression.type": "producer",
      "segment.bytes": "104857600",
    });
  });

  test("are not made when the controller is away: the client is told in time", async () => {
    const { simulation, topics, machine, controller } = await cluster(8);
    machine.kill(controller.process);
    const answer = await simulation.settle(topics.create(["orders"], simulation.time.nowMs + 1000));
    expect(answer.get("orders")).toMatchObject({ errorCode: 7 });
  });
});
