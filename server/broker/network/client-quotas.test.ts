import { describe, expect, test } from "vitest";
import { Connection } from "../../client/connection.ts";
import { Simulation } from "../../environment/simulated/simulation.ts";
import { Heartbeat } from "../../wire/apis/heartbeat.ts";
import { quotaKey, type ClientQuotaImage, type QuotaEntityPart } from "../controller/image.ts";
import { apiVersionsHandler } from "./api-versions.ts";
import { ClientQuotas } from "./client-quotas.ts";
import { handler, handlerTable, type HandlerTable } from "./handler.ts";
import { quotaLimit } from "./quota-limits.ts";
import { RequestServer } from "./request-server.ts";

const user = (name: string | null): QuotaEntityPart => ({ type: "user", name });
const client = (name: string | null): QuotaEntityPart => ({ type: "client-id", name });
const PORT = 9092;
const LONG_MS = 60_000;

function quotasOf(
  entries: readonly (readonly [entity: readonly QuotaEntityPart[], name: string, bound: number])[],
): ReadonlyMap<string, ClientQuotaImage> {
  return new Map(
    entries.map(([entity, name, bound]) => [quotaKey(entity), { entity, limits: new Map([[name, bound]]) }]),
  );
}

describe("the quota of a client", () => {
  const name = "producer_byte_rate";
  // In Kafka's order, the most specific one first.
  const levels: readonly (readonly QuotaEntityPart[])[] = [
    [user("alice"), client("app")],
    [user("alice"), client(null)],
    [user("alice")],
    [user(null), client("app")],
    [user(null), client(null)],
    [user(null)],
    [client("app")],
    [client(null)],
  ];
  test.each(levels.map((_, level) => level))("is the most specific one of those that hold (from level %d)", (level) => {
    const quotas = quotasOf(levels.slice(level).map((entity, index) => [entity, name, level + index + 1]));
    expect(quotaLimit(quotas, name, { user: "alice", clientId: "app" })?.bound).toBe(level + 1);
  });

  test("is shared by all clients of a user where it is the user's, and by all users of a client id where it is that one's", () => {
    const group = (entity: readonly QuotaEntityPart[], userName: string, clientId: string) =>
      quotaLimit(quotasOf([[entity, name, 1]]), name, { user: userName, clientId })?.group;
    expect(group([user(null)], "alice", "a")).toBe(group([user(null)], "alice", "b"));
    expect(group([user(null)], "alice", "a")).not.toBe(group([user(null)], "bob", "a"));
    expect(group([client(null)], "alice", "a")).toBe(group([client(null)], "bob", "a"));
    expect(group([user("alice"), client(null)], "alice", "a")).not.toBe(
      group([user("alice"), client(null)], "alice", "b"),
    );
  });

  test("of another name, or of others, is none", () => {
    const quotas = quotasOf([[[user("bob")], name, 1]]);
    expect(quotaLimit(quotas, name, { user: "alice", clientId: "app" })).toBeUndefined();
    expect(quotaLimit(quotas, "consumer_byte_rate", { user: "bob", clientId: "app" })).toBeUndefined();
  });
});

describe("a client beyond its quota", () => {
  /** A server of which each Heartbeat uses 20,000 bytes, and a client of it. */
  async function world(quotas: ReadonlyMap<string, ClientQuotaImage>) {
    const simulation = new Simulation("quotas");
    const { environment } = simulation.machine("broker").start("broker");
    const clientQuotas = new ClientQuotas({
      clock: environment.clock,
      quotas: () => quotas,
      windows: { count: 11, windowMs: 1000 },
    });
    const table: HandlerTable<object> = handlerTable<object>([
      {
        ...handler(Heartbeat, () => undefined),
        run: (call) => {
          call.useQuota("producer_byte_rate", 20_000);
          call.answer(Heartbeat, { errorCode: 0 });
        },
      },
      apiVersionsHandler(
        () => table,
        () => ({ supported: [], finalized: [], finalizedEpoch: 0 }),
      ),
    ]);
    const server = new RequestServer<object>(environment, {
      listeners: [{ name: "EXTERNAL", securityProtocol: "PLAINTEXT", host: "broker", port: PORT }],
      handlers: table,
      services: {},
      clientQuotas: () => clientQuotas,
    });
    await simulation.settle(server.bind());
    server.serve();
    const other = simulation.machine("client").start("client").environment;
    const options = { host: "broker", port: PORT, clientId: "app", connectTimeoutMs: LONG_MS };
    const connection = await simulation.settle(Connection.open(other, options));
    const ask = async () => {
      const request = { groupId: "g", generationId: 1, memberId: "m" };
      const answer = await connection.send(Heartbeat, request, { deadlineMs: other.clock.monotonicMs() + LONG_MS });
      return { throttleTimeMs: answer.throttleTimeMs, atMs: simulation.time.nowMs };
    };
    return { simulation, ask };
  }

  test("is answered at once with the time to be silent, and is not read from until then", async () => {
    const { simulation, ask } = await world(quotasOf([[[client("app")], "producer_byte_rate", 1000]]));
    const askedMs = simulation.time.nowMs;
    const [first, second] = await simulation.settle(Promise.all([ask(), ask()]));
    expect(first?.throttleTimeMs).toBe(10_000);
    expect((first?.atMs ?? 0) - askedMs).toBeLessThan(1000);
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThan(9_000);
    expect(second?.throttleTimeMs).toBeGreaterThan(0);
  });

  test("is left alone where the quota is another client's", async () => {
    const { simulation, ask } = await world(quotasOf([[[client("other")], "producer_byte_rate", 1000]]));
    const [first, second] = await simulation.settle(Promise.all([ask(), ask()]));
    expect([first?.throttleTimeMs, second?.throttleTimeMs]).toEqual([0, 0]);
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeLessThan(1000);
  });
});
