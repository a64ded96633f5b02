import { chmodSync, rmSync } from "node:fs";
import { createConnection, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type ControlRequest, type ControlResponse, controlRequest } from "../../lib/contracts/control.ts";
import type { Failure } from "../broker/role-messages.ts";

/** The system's limit for the path of a local socket (sun_path: 108 bytes on Linux, 104 on macOS, a zero at the end). */
const PATH_BYTES_MAX = 103;
/** A control command is one short line; more is refused. */
const LINE_BYTES_MAX = 64 * 1024;

/**
 * The platform's ear for `odradek status` and `down` and for the console: JSON lines on `<data>/control.sock`, for the same user only.
 * It is the lock of the data directory as well: who listens there, owns it. A socket left by a platform that died is replaced.
 */
export class ControlSocket {
  private constructor(
    private readonly server: Server,
    private readonly sockets: ReadonlySet<Socket>,
    private readonly answering: ReadonlySet<Promise<void>>,
  ) {}

  /** Takes the data directory. The failure says by whom it is taken, or why the socket cannot be made. */
  static async open(
    dataDirectory: string,
    answer: (request: ControlRequest) => Promise<ControlResponse>,
  ): Promise<ControlSocket | Failure> {
    const path = join(dataDirectory, "control.sock");
    if (Buffer.byteLength(path) > PATH_BYTES_MAX) {
      return {
        title: `The path of the data directory ${dataDirectory} is too long`,
        detail: `Its control socket would have a path of ${Buffer.byteLength(path)} bytes; the system allows ${PATH_BYTES_MAX}.`,
        suggestion: "Choose a shorter path with --data.",
      };
    }
    if (await isListening(path)) {
      return {
        title: `The data directory ${dataDirectory} is in use`,
        detail: "Another Odradek runs on it.",
        suggestion: `Stop it with "odradek down --data ${dataDirectory}", or choose another directory with --data.`,
      };
    }
    rmSync(path, { force: true });
    const sockets = new Set<Socket>();
    const answering = new Set<Promise<void>>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
      serve(socket, answer, answering);
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(path, resolve);
    });
    chmodSync(path, 0o600);
    return new ControlSocket(server, sockets, answering);
  }

  /** Sends the answers that are due, then gives the data directory free. */
  async close(): Promise<void> {
    await Promise.all(this.answering);
    for (const socket of this.sockets) socket.end();
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }
}

function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createConnection(path);
    probe.once("connect", () => {
      probe.destroy();
      resolve(true);
    });
    probe.once("error", () => resolve(false));
  });
}

function serve(
  socket: Socket,
  answer: (request: ControlRequest) => Promise<ControlResponse>,
  answering: Set<Promise<void>>,
): void {
  socket.on("error", () => socket.destroy());
  socket.on("data", () => socket.bytesRead > LINE_BYTES_MAX && socket.destroy());
  const lines = createInterface({ input: socket });
  // readline repeats the socket's errors, which are handled above.
  lines.on("error", () => undefined);
  lines.on("line", (line) => {
    const sent = respond(line, answer)
      .then((response) => void socket.write(`${JSON.stringify(response)}\n`))
      .finally(() => answering.delete(sent));
    answering.add(sent);
  });
}

async function respond(
  line: string,
  answer: (request: ControlRequest) => Promise<ControlResponse>,
): Promise<ControlResponse> {
  const request = controlRequest.safeParse(parsed(line));
  if (!request.success) return { ok: false, title: "The command is not understood", detail: line.slice(0, 200) };
  try {
    return await answer(request.data);
  } catch (error) {
    return { ok: false, title: `${request.data.command} failed`, detail: String(error) };
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
