import { afterEach, describe, expect, test } from "vitest";
import { makeTestAuthority } from "../../testing/certificates.ts";
import {
  NetworkError,
  type ClientTls,
  type Listening,
  type ServerTls,
  type Socket,
  type SocketHandlers,
} from "../environment.ts";
import { realNetwork } from "./network.ts";

const authority = makeTestAuthority();
const ca = authority.certificate;
const server: ServerTls = {
  ...authority.issue({ subject: [["CN", "localhost"]], hosts: ["localhost", "127.0.0.1"] }),
  ca,
};
const alice = authority.issue({
  subject: [
    ["C", "SE"],
    ["O", "Odradek, Inc"],
    ["OU", "Tests"],
    ["CN", "alice"],
  ],
});

let listening: Listening | undefined;
afterEach(() => listening?.close());

/** A server that answers each message with the peer's subject. */
async function serve(tls: ServerTls): Promise<number> {
  listening = await realNetwork.listen({ host: "127.0.0.1", port: 0, tls }, (socket) => ({
    onData: () => void socket.write([new TextEncoder().encode(socket.peerSubject ?? "nobody")]),
    onDrain: () => {},
    onClose: () => {},
  }));
  return listening.port;
}

/** What the server says to one message, or how the connection ended without it. */
async function ask(port: number, tls: ClientTls | undefined, host = "127.0.0.1"): Promise<string> {
  let answer: (text: string) => void = () => {};
  const answered = new Promise<string>((resolve) => {
    answer = resolve;
  });
  const handlers: SocketHandlers = {
    onData: (bytes) => answer(Buffer.from(bytes).toString()),
    onDrain: () => {},
    onClose: (error) => answer(`closed ${error?.code ?? "quietly"}`),
  };
  let socket: Socket;
  try {
    socket = await realNetwork.connect(
      { host, port, timeoutMs: 5000, ...(tls === undefined ? {} : { tls }) },
      handlers,
    );
  } catch (error) {
    return error instanceof NetworkError ? error.code : String(error);
  }
  socket.write([new TextEncoder().encode("who am I?")]);
  const text = await answered;
  socket.destroy();
  return text;
}

describe("the server's certificate", () => {
  test("is checked against the authorities and the name or address", async () => {
    const port = await serve(server);
    expect(await ask(port, { ca })).toBe("nobody");
    expect(await ask(port, { ca }, "localhost")).toBe("nobody");
    expect(await ask(port, { ca, serverName: "elsewhere" })).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
    expect(await ask(port, {})).toMatch(/UNABLE_TO_VERIFY|SELF_SIGNED/);
    expect(await ask(port, { rejectUnauthorized: false })).toBe("nobody");
  });

  test("is missed by a client without TLS, whose connection is closed", async () => {
    const port = await serve(server);
    expect(await ask(port, undefined)).toMatch(/^closed/);
  });
});

describe("the client's certificate", () => {
  test("names the peer as Java does", async () => {
    const port = await serve({ ...server, requestClientCertificate: "required" });
    expect(await ask(port, { ca, ...alice })).toBe("CN=alice,OU=Tests,O=Odradek\\, Inc,C=SE");
  });

  test("must be there when it is required, may be missing when it is requested, but never unknown", async () => {
    const required = await serve({ ...server, requestClientCertificate: "required" });
    expect(await ask(required, { ca })).toMatch(/^closed|ERR_SSL/);
    await listening?.close();
    const requested = await serve({ ...server, requestClientCertificate: "requested" });
    expect(await ask(requested, { ca })).toBe("nobody");
    await listening?.close();
    const { key, certificate } = server;
    const stranger = await serve({ key, certificate, requestClientCertificate: "requested" });
    expect(await ask(stranger, { ca, ...alice })).toMatch(/^closed/);
  });
});

test("a connection that nobody answers ends in a time-out", async () => {
  // A plain listener that never speaks TLS.
  listening = await realNetwork.listen({ host: "127.0.0.1", port: 0 }, () => ({
    onData: () => {},
    onDrain: () => {},
    onClose: () => {},
  }));
  const connecting = realNetwork.connect(
    { host: "127.0.0.1", port: listening.port, timeoutMs: 50, tls: { ca } },
    { onData: () => {}, onDrain: () => {}, onClose: () => {} },
  );
  await expect(connecting).rejects.toMatchObject({ name: "NetworkError", code: "ETIMEDOUT" });
});
