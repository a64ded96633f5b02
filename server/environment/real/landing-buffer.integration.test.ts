import * as net from "node:net";
import { expect, test } from "vitest";
import type { Socket, SocketHandlers } from "../environment.ts";
import { moveToLandingBuffer } from "./landing-buffer.ts";
import { realNetwork } from "./network.ts";

test("all connections of a thread, accepted and opened, receive into one buffer", async () => {
  const memories = new Set<ArrayBufferLike>();
  const handlers = (received: () => void): SocketHandlers => ({
    onData(bytes) {
      memories.add(bytes.buffer);
      received();
    },
    onDrain: () => {},
    onClose: () => {},
  });
  const listening = await realNetwork.listen({ host: "127.0.0.1", port: 0 }, (socket) =>
    handlers(() => void socket.write([Buffer.from("back")])),
  );
  const ask = (): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const opening = realNetwork.connect(
        { host: "127.0.0.1", port: listening.port, timeoutMs: 5000 },
        handlers(() => void opening.then(resolve, reject)),
      );
      opening.then((socket) => socket.write([Buffer.from("there")]), reject);
    });
  const sockets = await Promise.all([ask(), ask(), ask()]);
  expect([...memories].map((memory) => memory.byteLength)).toEqual([256 * 1024]);
  for (const socket of sockets) socket.destroy();
  await listening.close();
});

test("a connection receives where its owner says", async () => {
  const sent = Buffer.from(Uint8Array.from({ length: 3_000_000 }, (_, index) => index % 251));
  const listening = await realNetwork.listen({ host: "127.0.0.1", port: 0 }, (socket) => {
    socket.write([sent]);
    return { onData: () => {}, onDrain: () => {}, onClose: () => {} };
  });
  const room = Buffer.alloc(sent.length);
  let filled = 0;
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opening = realNetwork.connect(
      { host: "127.0.0.1", port: listening.port, timeoutMs: 5000 },
      {
        place: () => (filled > 0 && filled < room.length ? room.subarray(filled) : undefined),
        onData(bytes) {
          if (bytes.buffer !== room.buffer) room.set(bytes, filled);
          filled += bytes.length;
          if (filled === room.length) opening.then(resolve, reject);
        },
        onDrain: () => {},
        onClose: () => {},
      },
    );
    opening.catch(reject);
  });
  expect(room.equals(sent)).toBe(true);
  socket.destroy();
  await listening.close();
});

test("where Node's handle is not what it was, the connection stays with its own socket", () => {
  const socket = new net.Socket();
  expect(moveToLandingBuffer(socket, () => {})).toBeUndefined();
});
