import { describe, expect, test } from "vitest";
import { Simulation } from "../environment/simulated/simulation.ts";
import { ScriptedBroker, type ScriptedRequest } from "../testing/scripted-broker.ts";
import { DeleteTopics } from "../wire/apis/delete-topics.ts";
import { ListGroups } from "../wire/apis/list-groups.ts";
import { Metadata } from "../wire/apis/metadata.ts";
import { AnswerMemory } from "./answer-memory.ts";
import { ClientError } from "./client-error.ts";
import { Connection } from "./connection.ts";
import { Connections } from "./connections.ts";

const address = { host: "broker", port: 9092 };
const options = { ...address, clientId: "tester", connectTimeoutMs: 3_000 };

/** A broker and a client on two machines, in simulated time. */
async function world(serves: Record<string, readonly [number, number]>, onRequest: (request: ScriptedRequest) => void) {
  const simulation = new Simulation("connection");
  const server = simulation.machine("broker").start("broker").environment;
  const { environment } = simulation.machine("client").start("client");
  const broker = new ScriptedBroker(server, { serves, onRequest });
  await simulation.settle(broker.listen("broker", 9092));
  const soon = () => environment.clock.monotonicMs() + 1_000;
  return { simulation, environment, broker, soon };
}

/** A group listing that names one group, so that answers can be told apart. */
const groups = (groupId: string) => ({ groups: [{ groupId, protocolType: "consumer" }] });

/** The failure that a promise ends with. Handled at once: in simulated time it may come before anybody awaits it. */
function failureOf(promise: Promise<unknown>): Promise<ClientError> {
  return promise.then(
    () => {
      throw new Error("a failure was expected");
    },
    (error: unknown) => {
      if (!(error instanceof ClientError)) throw error;
      return error;
    },
  );
}

describe("negotiation", () => {
  test("the newest version that both sides know is spoken", async () => {
    const { simulation, environment, broker, soon } = await world(
      { ListGroups: [0, 99], DeleteTopics: [0, 4] },
      (request) => {
        if (request.api === "ListGroups") request.answer(ListGroups, {});
        else request.answer(DeleteTopics, {});
      },
    );
    const connection = await simulation.settle(Connection.open(environment, options));
    await simulation.settle(connection.send(ListGroups, {}, { deadlineMs: soon() }));
    await simulation.settle(connection.send(DeleteTopics, { timeoutMs: 1 }, { deadlineMs: soon() }));
    expect(broker.requests.map(({ api, version }) => [api, version])).toEqual([
      ["ApiVersions", 4],
      ["ListGroups", 5],
      ["DeleteTopics", 4],
    ]);
    expect(broker.requests.every(({ clientId }) => clientId === "tester")).toBe(true);
  });

  test("a broker that does not know our ApiVersions is asked again in its own", async () => {
    const { simulation, environment, broker } = await world({ ApiVersions: [0, 2] }, () => undefined);
    await simulation.settle(Connection.open(environment, options));
    expect(broker.requests.map(({ version }) => version)).toEqual([4, 2]);
  });

  test("an API that the broker does not serve in a version of ours is refused without asking", async () => {
    const { simulation, environment, broker, soon } = await world({ Metadata: [20, 30] }, () => undefined);
    const connection = await simulation.settle(Connection.open(environment, options));
    const missing = await failureOf(connection.send(ListGroups, {}, { deadlineMs: soon() }));
    expect(missing.kind).toBe("unsupported");
    const tooNew = await failureOf(connection.send(Metadata, { topics: null }, { deadlineMs: soon() }));
    expect(tooNew.message).toBe("Metadata versions 0 to 13 are needed; broker:9092 serves versions 20 to 30.");
    expect(broker.requests.filter(({ api }) => api !== "ApiVersions")).toEqual([]);
  });
});

describe("requests in flight", () => {
  test("answers go to their requests in the order of sending", async () => {
    const held: ScriptedRequest[] = [];
    const { simulation, environment, soon } = await world({ ListGroups: [0, 5] }, (request) => {
      held.push(request);
      if (held.length === 3) for (const [index, one] of held.entries()) one.answer(ListGroups, groups(`g${index}`));
    });
    const connection = await simulation.settle(Connection.open(environment, options));
    const sent = [1, 2, 3].map(() => connection.send(ListGroups, {}, { deadlineMs: soon() }));
    const answers = await simulation.settle(Promise.all(sent));
    expect(answers.map((answer) => answer.groups[0]?.groupId)).toEqual(["g0", "g1", "g2"]);
    expect(connection.inFlightCount).toBe(0);
  });

  test("an answer in the wrong order ends the connection and every request on it", async () => {
    const held: ScriptedRequest[] = [];
    const { simulation, environment, soon } = await world({ ListGroups: [0, 5] }, (request) => {
      held.push(request);
      if (held.length === 2) held[1]?.answer(ListGroups, {});
    });
    const connection = await simulation.settle(Connection.open(environment, options));
    const sent = [1, 2].map(() => failureOf(connection.send(ListGroups, {}, { deadlineMs: soon() })));
    const failures = await simulation.settle(Promise.all(sent));
    expect(failures.map(({ kind }) => kind)).toEqual(["malformed", "malformed"]);
    expect(connection.isOpen).toBe(false);
  });

  test("a late answer is dropped, and what follows it is still understood", async () => {
    const held: ScriptedRequest[] = [];
    const { simulation, environment, soon } = await world({ ListGroups: [0, 5] }, (request) => held.push(request));
    const connection = await simulation.settle(Connection.open(environment, options));
    const late = failureOf(connection.send(ListGroups, {}, { deadlineMs: soon() }));
    expect((await simulation.settle(late)).kind).toBe("timed-out");
    expect(connection.isFresh(environment.clock.monotonicMs())).toBe(false);
    const next = connection.send(ListGroups, {}, { deadlineMs: soon() });
    await simulation.run({ until: () => held.length === 2 });
    for (const [index, request] of held.entries()) request.answer(ListGroups, groups(`g${index}`));
    expect((await simulation.settle(next)).groups[0]?.groupId).toBe("g1");
    expect(connection.isFresh(environment.clock.monotonicMs())).toBe(true);
  });

  test("an answer is received where its request says, but not once the request was given up", async () => {
    const held: ScriptedRequest[] = [];
    const { simulation, environment, soon } = await world({ ListGroups: [0, 5] }, (request) => held.push(request));
    const connection = await simulation.settle(Connection.open(environment, options));
    const memory = new AnswerMemory();
    const received = () => memory.roomFor(40).toString("latin1");
    memory.roomFor(40).fill(0);
    await simulation.settle(failureOf(connection.send(ListGroups, {}, { deadlineMs: soon(), memory })));
    held[0]?.answer(ListGroups, groups("given-up"));
    const next = connection.send(ListGroups, {}, { deadlineMs: soon(), memory });
    await simulation.run({ until: () => held.length === 2 });
    expect(received()).not.toContain("given-up");
    held[1]?.answer(ListGroups, groups("wanted"));
    expect((await simulation.settle(next)).groups[0]?.groupId).toBe("wanted");
    expect(received()).toContain("wanted");
  });

  test("a lost connection fails all that wait on it", async () => {
    const { simulation, environment, soon } = await world({ ListGroups: [0, 5] }, (request) => request.hangUp());
    const connection = await simulation.settle(Connection.open(environment, options));
    const sent = [1, 2].map(() => failureOf(connection.send(ListGroups, {}, { deadlineMs: soon() })));
    const failures = await simulation.settle(Promise.all(sent));
    expect(failures.map(({ kind }) => kind)).toEqual(["disconnected", "disconnected"]);
    expect((await failureOf(connection.send(ListGroups, {}, { deadlineMs: soon() }))).kind).toBe("disconnected");
  });

  test("more requests than a connection may hold are refused, not queued for ever", async () => {
    const { simulation, environment, soon } = await world({ ListGroups: [0, 5] }, () => undefined);
    const connection = await simulation.settle(Connection.open(environment, options));
    const waiting = Array.from({ length: 256 }, () =>
      failureOf(connection.send(ListGroups, {}, { deadlineMs: soon() })),
    );
    expect((await failureOf(connection.send(ListGroups, {}, { deadlineMs: soon() }))).kind).toBe("overloaded");
    await simulation.settle(Promise.all(waiting));
  });
});

describe("bytes that are not Kafka's", () => {
  test.each([
    ["a web server", Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n")],
    ["a negative size", Buffer.from([255, 255, 255, 255, 0, 0, 0, 0])],
    ["a size of nothing", Buffer.from([0, 0, 0, 0, 0, 0, 0, 0])],
  ])("%s is told apart from a broker that is away", async (_, bytes) => {
    const { simulation, environment, soon } = await world({ ListGroups: [0, 5] }, (request) => request.write(bytes));
    const connection = await simulation.settle(Connection.open(environment, options));
    const failure = await simulation.settle(failureOf(connection.send(ListGroups, {}, { deadlineMs: soon() })));
    expect(failure.kind).toBe("malformed");
    expect(failure.message).toContain("does not speak the Kafka protocol");
  });

  test("an answer that cannot be decoded fails its own request only", async () => {
    let count = 0;
    const { simulation, environment, soon } = await world({ ListGroups: [0, 0] }, (request) => {
      count += 1;
      if (count === 2) return request.answer(ListGroups, groups("whole"));
      const frame = Buffer.from([0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 127, 255, 255, 255]);
      frame.writeInt32BE(request.correlationId, 4);
      request.write(frame);
    });
    const connection = await simulation.settle(Connection.open(environment, options));
    const broken = failureOf(connection.send(ListGroups, {}, { deadlineMs: soon() }));
    const whole = connection.send(ListGroups, {}, { deadlineMs: soon() });
    expect((await simulation.settle(broken)).kind).toBe("malformed");
    expect((await simulation.settle(whole)).groups[0]?.groupId).toBe("whole");
  });
});

describe("the pool", () => {
  const pool = { clientId: "tester", connectTimeoutMs: 3_000 };

  test("callers of one address share a connection, lanes have their own", async () => {
    const { simulation, environment, broker } = await world({}, () => undefined);
    const connections = new Connections(environment, pool);
    const [one, two, lane] = await simulation.settle(
      Promise.all([connections.to(address), connections.to(address), connections.to({ ...address, lane: "read" })]),
    );
    expect(one).toBe(two);
    expect(one).not.toBe(lane);
    expect(broker.connections).toBe(2);
  });

  test("while a broker is away callers are refused at once, and it is tried again after the back-off", async () => {
    const { simulation, environment, broker } = await world({}, () => undefined);
    await simulation.settle(broker.close());
    const connections = new Connections(environment, pool);
    const first = await simulation.settle(failureOf(connections.to(address)));
    expect(first.kind).toBe("unreachable");
    const beganMs = environment.clock.monotonicMs();
    expect(await failureOf(connections.to(address))).toBe(first);
    expect(environment.clock.monotonicMs()).toBe(beganMs);
    await simulation.settle(broker.listen("broker", 9092));
    await simulation.run({ forMs: 1_000 });
    expect((await simulation.settle(connections.to(address))).isOpen).toBe(true);
  });

  test("a connection that owes an answer is replaced, and closed once nobody waits on it", async () => {
    const { simulation, environment, broker, soon } = await world({ ListGroups: [0, 5] }, () => undefined);
    const connections = new Connections(environment, pool);
    const silent = await simulation.settle(connections.to(address));
    const shared = failureOf(silent.send(ListGroups, {}, { deadlineMs: soon() + 9_000 }));
    await simulation.settle(failureOf(silent.send(ListGroups, {}, { deadlineMs: soon() })));
    const fresh = await simulation.settle(connections.to(address));
    expect(fresh).not.toBe(silent);
    expect([broker.connections, silent.isOpen]).toEqual([2, true]);
    expect((await simulation.settle(shared)).kind).toBe("timed-out");
    expect([silent.isOpen, fresh.isOpen]).toEqual([false, true]);
  });

  test("closing refuses what comes after", async () => {
    const { simulation, environment, broker } = await world({}, () => undefined);
    const connections = new Connections(environment, pool);
    await simulation.settle(connections.to(address));
    connections.close();
    await simulation.run({ forMs: 1_000 });
    expect(broker.openConnections).toBe(0);
    expect((await failureOf(connections.to(address))).kind).toBe("closed");
  });
});
