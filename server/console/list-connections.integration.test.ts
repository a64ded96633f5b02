import { spawn } from "node:child_process";
import { once } from "node:events";
import { type Admin, type Consumer, Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BrokerConnections, ClientConnection } from "../../lib/contracts/connections.ts";
import { bad, cluster, contextOf, good } from "../testing/console-context.ts";
import { describeJudged } from "../testing/judges.ts";
import { type Odradek, startOdradek } from "../testing/odradek.ts";
import { until } from "../testing/until.ts";
import { localUser } from "./actor.ts";
import { closeContext, type ConsoleContext, createContext } from "./context.ts";
import { askPlatform } from "./control-client.ts";
import { listConnections } from "./list-connections.ts";

const topic = "connected.orders";
const group = "connected.readers";

for (const isolation of ["thread", "process"])
  describe(`who is connected to a broker that is a ${isolation}`, () => {
    let odradek: Odradek;
    let context: ConsoleContext;
    let admin: Admin;
    let consumer: Consumer;

    beforeAll(async () => {
      odradek = await startOdradek({ extraFlags: ["--brokers", "1", "--isolation", isolation] });
      context = bundledContext(odradek);
      const brokers = odradek.bootstrap.split(",");
      admin = new Kafka({ clientId: "billing", brokers, logLevel: logLevel.NOTHING }).admin();
      await admin.connect();
      await admin.createTopics({ topics: [{ topic }], waitForLeaders: true });
      consumer = new Kafka({ clientId: "shipping", brokers, logLevel: logLevel.NOTHING }).consumer({ groupId: group });
      await consumer.connect();
      await consumer.subscribe({ topics: [topic] });
      const joined = new Promise<void>((resolve) => void consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
      await consumer.run({ eachMessage: () => Promise.resolve() });
      await joined;
    });
    afterAll(async () => {
      await consumer.disconnect();
      await closeContext(context);
      await odradek.dispose();
    });

    const connections = async () => told(good(await listConnections(context, localUser, { cluster, broker: 1 })));
    const of = async (clientId: string) => (await connections()).filter((own) => own.clientId === clientId);

    test("is told by the broker: who, from where, how much, and what it asked for last", async () => {
      const [before] = await of("billing");
      if (before === undefined) throw new Error("the admin client is connected");
      expect(before).toMatchObject({
        host: "127.0.0.1",
        listener: "EXTERNAL",
        securityProtocol: "PLAINTEXT",
        // kafkajs asks for ApiVersions 2 at most, and so does not say what it is.
        software: null,
        principal: "User:ANONYMOUS",
        inWork: 0,
      });
      await admin.listTopics();
      const [after] = await of("billing");
      expect(after?.requests).toBeGreaterThan(before.requests);
      expect(after?.receivedBytes).toBeGreaterThan(before.receivedBytes);
      expect(after?.sentBytes).toBeGreaterThan(before.sentBytes);
      expect(after?.lastRequest?.api).toBe("Metadata");
      // Told by two clocks, which tick at different moments.
      expect(Math.abs((after?.connectedAtMs ?? 0) - before.connectedAtMs)).toBeLessThan(10);
      expect(after?.port).toBe(before.port);
      expect(after?.lastRequest?.atMs).toBeGreaterThanOrEqual(before.lastRequest?.atMs ?? 0);
      await admin.disconnect();
      await until(async () => (await of("billing")).length === 0);
    });

    describeJudged("by kcat", ["kcat"], () => {
      test("has its library and version where it says so", async () => {
        const kcat = spawn("kcat", ["-C", "-b", odradek.bootstrap, "-t", topic, "-X", "client.id=night-watch"]);
        const ended = once(kcat, "exit");
        await until(async () => (await of("night-watch")).some(({ lastRequest }) => lastRequest?.api === "Fetch"));
        const [fetching] = await of("night-watch");
        expect(fetching?.software).toMatchObject({ name: "librdkafka", version: expect.stringMatching(/^\d/) });
        kcat.kill();
        await ended;
        await until(async () => (await of("night-watch")).length === 0);
      });
    });

    test("of a cluster that others run is what its groups tell", async () => {
      const foreign = contextOf(odradek.bootstrap);
      const list = good(await listConnections(foreign, localUser, { cluster, broker: 1 }));
      expect(list).toMatchObject({
        kind: "members",
        members: [{ clientId: "shipping", host: "127.0.0.1", groupId: group, isCoordinated: true, partitions: 1 }],
      });
      await closeContext(foreign);
    });

    test("of a broker that has stopped is nobody, with the reason", async () => {
      await consumer.stop();
      expect(await askPlatform(odradek.dataDirectory, { command: "stop-broker", broker: 1 })).toMatchObject({
        ok: true,
      });
      expect(bad(await listConnections(context, localUser, { cluster, broker: 1 }))).toMatchObject({
        code: "broker-unavailable",
        detail: "Broker 1 has no connections. It does not run. Start it.",
      });
      expect(await askPlatform(odradek.dataDirectory, { command: "list-connections", broker: 7 })).toMatchObject({
        ok: false,
        title: "There is no broker 7",
      });
    });
  });

function told(list: BrokerConnections): readonly ClientConnection[] {
  if (list.kind !== "connections") throw new Error("the platform tells connections");
  return list.connections;
}

function bundledContext({ bootstrap, dataDirectory }: Odradek): ConsoleContext {
  return createContext({
    clusters: [{ id: cluster, name: "Local", bootstrap: bootstrap.split(","), clientProperties: {}, bundled: true }],
    dataDirectory,
    host: "localhost",
    port: 3000,
    allowedHosts: ["localhost"],
  });
}
