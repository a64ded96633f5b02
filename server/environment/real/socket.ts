import type * as net from "node:net";
import type { TLSSocket } from "node:tls";
import { NetworkError, type Socket, type SocketHandlers } from "../environment.ts";

/** Wraps Node's socket. The owner makes `handlers` before the first byte can arrive, and gives them to `attach`. */
export class RealSocket implements Socket {
  readonly remoteHost: string;
  readonly remotePort: number;
  readonly localPort: number;
  readonly peerSubject?: string;
  readonly #socket: net.Socket;
  #handlers: SocketHandlers | undefined;
  #error: NetworkError | undefined;
  #isClosed = false;

  constructor(socket: net.Socket, peerSubject?: string) {
    this.#socket = socket;
    // Node forgets the addresses when the connection closes.
    this.remoteHost = plainAddress(socket.remoteAddress ?? "");
    this.remotePort = socket.remotePort ?? 0;
    this.localPort = socket.localPort ?? 0;
    if (peerSubject !== undefined) this.peerSubject = peerSubject;
  }

  /** Starts telling `handlers`; `receives: "data"` when the socket has no buffer of its own. */
  attach(handlers: SocketHandlers, receives: "data" | "landing"): void {
    this.#handlers = handlers;
    const socket = this.#socket;
    socket.setNoDelay(true);
    socket.on("drain", () => handlers.onDrain());
    socket.on("error", (error) => {
      this.#error ??= networkError(error);
    });
    socket.on("close", () => {
      this.#isClosed = true;
      handlers.onClose(this.#error);
    });
    if (receives === "data") socket.on("data", (bytes: Buffer) => this.receive(bytes));
  }

  /** What the landing buffer got. */
  receive(bytes: Uint8Array): void {
    if (!this.#isClosed) this.#handlers?.onData(bytes);
  }

  write(buffers: readonly Uint8Array[]): boolean {
    const socket = this.#socket;
    if (socket.destroyed || socket.writableEnded) return false;
    // Corked, several buffers leave in one writev.
    if (buffers.length > 1) socket.cork();
    for (const buffer of buffers) socket.write(buffer);
    if (buffers.length > 1) socket.uncork();
    return !socket.writableNeedDrain;
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  end(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

/** Any failure of Node's net and tls as ours. */
export function networkError(error: unknown, place = ""): NetworkError {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "EUNKNOWN";
  const text = error instanceof Error && error.message !== "" ? error.message : code;
  return new NetworkError(code, place === "" ? text : `${place}: ${text}`, { cause: error });
}

/**
 * The peer's subject as Java's X500Principal names it: attributes in the reverse of the certificate's order, joined by
 * commas (RFC 2253). Node gives a line for each in the certificate's order, already escaped.
 */
export function peerSubjectOf(socket: TLSSocket): string | undefined {
  const certificate = socket.getPeerX509Certificate();
  return certificate?.subject.split("\n").toReversed().join(",");
}

/** IPv4 addresses of a dual-stack listener come with a prefix. */
function plainAddress(address: string): string {
  return address.startsWith("::ffff:") ? address.slice("::ffff:".length) : address;
}
