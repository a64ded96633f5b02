import { NetworkError, type Socket, type SocketHandlers } from "../environment.ts";
import type { SimulatedTime } from "./clock.ts";
import type { NetworkFaults } from "./network-faults.ts";
import type { SeededRandom } from "./random.ts";
import type { SimulatedProcess } from "./simulated-process.ts";

/** More than this on the way makes `write` answer false. */
const SEND_BUFFER_BYTES = 64 * 1024;
/** The most that one `onData` gets, as with the real landing buffer. */
const LANDING_BYTES = 256 * 1024;
/** How often what arrived is handed over in two parts at a random byte. */
const CUT_CHANCE = 0.3;
/** What a received view holds once its callback has returned. */
const POISON = 0xdb;

/** What the ends of a connection share with the network. */
export type Wire = {
  readonly time: SimulatedTime;
  readonly random: SeededRandom;
  readonly faults: NetworkFaults;
  /** One way's delay of a packet sent now. */
  latencyMs(): number;
  /** How often the machine was started; undefined while it is off. */
  bootOf(host: string): number | undefined;
};

type Packet = { readonly arrivesMs: number; readonly bytes: Uint8Array };

/** One end of a connection. What it sends waits in it until the other end takes it. */
export class SimulatedEnd implements Socket {
  readonly remoteHost: string;
  readonly remotePort: number;
  readonly localPort: number;
  readonly process: SimulatedProcess;
  readonly #wire: Wire;
  readonly #boot: number | undefined;
  #peer: SimulatedEnd | undefined;
  #handlers: SocketHandlers | undefined;
  #state: "open" | "ended" | "closed" = "open";
  #isPaused = false;
  /** A power cut tells nobody. */
  #isMute = false;

  /** Sent and not yet handed to the peer; the first packet from `#firstByte` on. */
  #sent: Packet[] = [];
  #firstByte = 0;
  #sentBytes = 0;
  #lastArrivalMs = 0;
  #needsDrain = false;
  #deliveryIsPlanned = false;

  constructor(
    wire: Wire,
    process: SimulatedProcess,
    address: { remoteHost: string; remotePort: number; localPort: number },
  ) {
    this.#wire = wire;
    this.process = process;
    this.#boot = wire.bootOf(process.host);
    this.remoteHost = address.remoteHost;
    this.remotePort = address.remotePort;
    this.localPort = address.localPort;
    process.onDeath(() => this.#disappear());
  }

  /** Connects the two ends; from now on they may be written to. */
  join(peer: SimulatedEnd): void {
    this.#peer = peer;
  }

  /** From now on what arrives is told. */
  attach(handlers: SocketHandlers): void {
    this.#handlers = handlers;
    this.#peer?.deliverSoon();
  }

  get isClosed(): boolean {
    return this.#state === "closed";
  }

  /** Closed at both ends, so that nothing can come of it any more. */
  get isOver(): boolean {
    return this.isClosed && (this.#peer?.isClosed ?? true);
  }

  write(buffers: readonly Uint8Array[]): boolean {
    if (this.#state !== "open") return false;
    for (const bytes of buffers) {
      // Not copied: who changes a buffer before it left sees it arrive changed, as the kernel would send it.
      if (bytes.length > 0) this.#send(bytes);
    }
    if (this.#sentBytes > SEND_BUFFER_BYTES) this.#needsDrain = true;
    return !this.#needsDrain;
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#peer?.deliverSoon();
  }

  end(): void {
    if (this.#state !== "open") return;
    this.#state = "ended";
    this.#planDelivery();
  }

  destroy(): void {
    if (this.#state === "closed") return;
    this.#close();
    this.#leave();
  }

  /** Both ends learn that the connection broke. */
  breakBoth(): void {
    this.#close(reset());
    if (this.#peer !== undefined) this.#peer.#close(reset());
  }

  /** The machine of this end lost its power: nobody is told, and what it sent is gone. */
  mute(): void {
    this.#isMute = true;
    this.#sent = [];
  }

  /** Hands over what has arrived, when the peer may have begun to listen again. */
  deliverSoon(): void {
    if (this.#sent.length > 0 || this.#state !== "open") this.#planDelivery();
  }

  /** The peer's machine was started anew and refuses packets of a connection that it does not know. */
  resetByNewBoot(): void {
    const peer = this.#peer;
    if (peer === undefined || !peer.#isMute || this.#sentBytes === 0) return;
    const boot = this.#wire.bootOf(peer.process.host);
    if (boot === undefined || boot === peer.#boot) return;
    this.#wire.time.at(this.#wire.time.nowMs + this.#wire.latencyMs(), () => this.#close(reset()));
  }

  #send(bytes: Uint8Array): void {
    const { time, faults } = this.#wire;
    const delayMs = faults.delayMs(this.process.host, this.#peer?.process.host ?? "");
    this.#lastArrivalMs = Math.max(this.#lastArrivalMs, time.nowMs + this.#wire.latencyMs() + delayMs);
    this.#sent.push({ arrivesMs: this.#lastArrivalMs, bytes });
    this.#sentBytes += bytes.length;
    this.#planDelivery();
    this.resetByNewBoot();
  }

  #planDelivery(): void {
    if (this.#deliveryIsPlanned) return;
    this.#deliveryIsPlanned = true;
    const { time } = this.#wire;
    const nextMs = this.#sent[0]?.arrivesMs ?? Math.max(this.#lastArrivalMs, time.nowMs + this.#wire.latencyMs());
    time.at(nextMs, () => {
      this.#deliveryIsPlanned = false;
      this.#deliver();
    });
  }

  /** One step: at most one `onData` of the peer, or its end. */
  #deliver(): void {
    const peer = this.#peer;
    if (peer === undefined || peer.#state === "closed" || peer.#isMute || this.#isMute) return;
    if (peer.#handlers === undefined || peer.#isPaused) return;
    if (this.#wire.faults.isBlocked(this.process.host, peer.process.host)) return;
    if (this.#sent.length === 0) {
      if (this.#state !== "open") peer.#receiveEnd();
      return;
    }
    const bytes = this.#take();
    if (bytes.length > 0) peer.#receive(bytes);
    if (this.#needsDrain && this.#sentBytes === 0) this.#drainLater();
    this.deliverSoon();
  }

  /** A copy of what has arrived, or of a part of it. */
  #take(): Uint8Array {
    const { time, random } = this.#wire;
    let available = -this.#firstByte;
    for (const packet of this.#sent) {
      if (packet.arrivesMs > time.nowMs || available >= LANDING_BYTES) break;
      available += packet.bytes.length;
    }
    available = Math.max(0, Math.min(available, LANDING_BYTES));
    const size = available > 1 && random.chance(CUT_CHANCE) ? random.int(1, available - 1) : available;
    const taken = new Uint8Array(size);
    for (let at = 0; at < size;) {
      const packet = this.#sent[0];
      if (packet === undefined) break;
      const part = packet.bytes.subarray(this.#firstByte, this.#firstByte + size - at);
      taken.set(part, at);
      at += part.length;
      this.#firstByte += part.length;
      if (this.#firstByte < packet.bytes.length) break;
      this.#sent.shift();
      this.#firstByte = 0;
    }
    this.#sentBytes -= size;
    return taken;
  }

  #receive(bytes: Uint8Array): void {
    this.process.step(() => this.#handlers?.onData(bytes));
    bytes.fill(POISON);
  }

  /** The peer ended. As with Node's sockets by default, so do we: what we sent still arrives. */
  #receiveEnd(): void {
    if (this.#state === "open") {
      this.#state = "ended";
      this.#planDelivery();
    }
    this.#close();
  }

  #drainLater(): void {
    this.#needsDrain = false;
    const { time } = this.#wire;
    time.at(time.nowMs + this.#wire.latencyMs(), () => {
      if (this.#state === "open") this.process.step(() => this.#handlers?.onDrain());
    });
  }

  #close(error?: NetworkError): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#wire.time.soon(() => this.process.step(() => this.#handlers?.onClose(error)));
  }

  /** This end is gone: a part of what it sent arrives, then the peer learns it. */
  #leave(): void {
    const peer = this.#peer;
    if (peer === undefined || this.#isMute) return;
    const kept = this.#wire.random.int(0, this.#sent.length);
    this.#sent = this.#sent.slice(0, kept);
    if (kept === 0) this.#firstByte = 0;
    this.#sentBytes = this.#sent.reduce((sum, packet) => sum + packet.bytes.length, -this.#firstByte);
    if (peer.#sent.length === 0) {
      this.#planDelivery();
      return;
    }
    // Bytes that nobody will read any more are answered by a reset.
    const { time } = this.#wire;
    const waitMs = Math.max(this.#lastArrivalMs - time.nowMs, 0) + this.#wire.latencyMs();
    time.at(time.nowMs + waitMs, () => peer.#close(reset()));
  }

  /** The process died: the system closes its sockets, and nobody is left to be told here. */
  #disappear(): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#leave();
  }
}

function reset(): NetworkError {
  return new NetworkError("ECONNRESET", "connection reset by peer");
}
