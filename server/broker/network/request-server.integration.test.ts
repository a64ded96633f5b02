import { afterEach, describe, expect, test } from "vitest";
import type { SaslCredentials } from "../../client/sasl.ts";
import { Connection } from "../../client/connection.ts";
import type { NetworkError } from "../../environment/environment.ts";
import { createLog } from "../../environment/real/log.ts";
import { realEnvironment } from "../../environment/real/real-environment.ts";
import { Heartbeat } from "../../wire/apis/heartbeat.ts";
import { saslAuthenticate } from "../handlers/sasl-authenticate.ts";
import { saslHandshake } from "../handlers/sasl-handshake.ts";
import { apiVersionsHandler } from "./api-versions.ts";
import { handler, handlerTable, type HandlerTable } from "./handler.ts";
import { RequestServer, type RequestServerOptions } from "./request-server.ts";
import { deriveScramCredential } from "./scram-server.ts";

type Services = { readonly seen: string[] };

const environment = realEnvironment({ log: createLog({ format: "json", level: "error" }) });
const heartbeat = handler(
  Heartbeat,
  (_, context: { services: Services; principal: { name: string }; listenerName: string }, reply) => {
    context.services.seen.push(`${context.principal.name} on ${context.listenerName}`);
    reply({});
  },
);
const table: HandlerTable<Services> = handlerTable<Services>([
  heartbeat,
  saslHandshake,
  saslAuthenticate,
  apiVersionsHandler(
    () => table,
    () => ({ supported: [], finalized: [], finalizedEpoch: 0 }),
  ),
]);

const credentials = {
  isPlainPassword: (username: string, password: string) => username === "alice" && password === "alice-secret",
  scramCredential: (username: string, mechanism: "SCRAM-SHA-256" | "SCRAM-SHA-512") =>
    username === "alice" ? deriveScramCredential(mechanism, "alice-secret", Buffer.from("salt"), 4096) : undefined,
};

let server: RequestServer<Services> | undefined;
afterEach(() => server?.stop());

async function serve(options: Partial<RequestServerOptions<Services>> = {}) {
  const seen: string[] = [];
  server = new RequestServer(environment, {
    listeners: [
      { name: "OPEN", securityProtocol: "PLAINTEXT", host: "127.0.0.1", port: 0 },
      {
        name: "LOGIN",
        securityProtocol: "SASL_PLAINTEXT",
        host: "127.0.0.1",
        port: 0,
        saslMechanisms: ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"],
      },
    ],
    handlers: table,
    services: { seen },
    credentials,
    failedLoginDelayMs: 1,
    ...options,
  });
  const [open, login] = await server.bind();
  server.serve();
  return { server, seen, openPort: open?.port ?? 0, loginPort: login?.port ?? 0 };
}

function connect(port: number, sasl?: SaslCredentials): Promise<Connection> {
  const options = { host: "127.0.0.1", port, clientId: "test", connectTimeoutMs: 10_000 };
  return Connection.open(environment, sasl === undefined ? options : { ...options, sasl });
}

async function beat(connection: Connection): Promise<void> {
  await connection.send(Heartbeat, { groupId: "g" }, { deadlineMs: environment.clock.monotonicMs() + 10_000 });
}

describe("RequestServer", () => {
  test("serves each listener by its own name", async () => {
    const { seen, openPort } = await serve();
    const connection = await connect(openPort);
    await beat(connection);
    expect(seen).toEqual(["ANONYMOUS on OPEN"]);
    connection.close();
  });

  test.each(["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] as const)("lets a user in by %s", async (mechanism) => {
    const { seen, loginPort } = await serve();
    const connection = await connect(loginPort, { mechanism, username: "alice", password: "alice-secret" });
    await beat(connection);
    expect(seen).toEqual(["alice on LOGIN"]);
    connection.close();
  });

  test.each(["PLAIN", "SCRAM-SHA-256"] as const)("refuses a wrong password by %s", async (mechanism) => {
    const { loginPort } = await serve();
    await expect(connect(loginPort, { mechanism, username: "alice", password: "wrong" })).rejects.toMatchObject({
      kind: "authentication",
      errorCode: 58,
    });
  });

  test("closes a connection that asks for something before its login", async () => {
    const { seen, loginPort } = await serve();
    const connection = await connect(loginPort);
    await expect(beat(connection)).rejects.toMatchObject({ kind: "disconnected" });
    expect(seen).toEqual([]);
  });

  test("closes connections over max.connections", async () => {
    const bounds = { connectionsMax: 1, listenerConnectionsMax: 9, perAddressMax: () => 9, creationRate: 9 };
    const { openPort } = await serve({ connectionBounds: () => bounds });
    const first = await connect(openPort);
    await expect(connect(openPort)).rejects.toMatchObject({ kind: "disconnected" });
    await beat(first);
    first.close();
  });

  test("closes connections that say nothing for connections.max.idle.ms", async () => {
    const { openPort } = await serve({ idleMsMax: 20 });
    const connection = await connect(openPort);
    await new Promise<void>((resolve) => {
      connection.onClose(resolve);
    });
  });

  test("rejects with the port's error and binds nothing when one of the ports is taken", async () => {
    const { openPort } = await serve();
    const listeners = [
      { name: "A", securityProtocol: "PLAINTEXT", host: "127.0.0.1", port: 0 },
      { name: "B", securityProtocol: "PLAINTEXT", host: "127.0.0.1", port: openPort },
    ] as const;
    const second = new RequestServer<Services>(environment, { listeners, handlers: table, services: { seen: [] } });
    await expect(second.bind()).rejects.toMatchObject({ code: "EADDRINUSE" } satisfies Partial<NetworkError>);
  });

  test("ends its connections when it stops", async () => {
    const { openPort, server: running } = await serve();
    const connection = await connect(openPort);
    const closed = new Promise<void>((resolve) => {
      connection.onClose(resolve);
    });
    await running.stop();
    await closed;
  });
});
