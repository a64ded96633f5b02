/** Bytes of a frame's size, an int32 before every request (Kafka protocol guide, "common structure"). */
const SIZE_BYTES = 4;
/** First allocation for a frame that arrives in parts; it doubles as bytes really come, so a size that lies costs nothing. */
const FIRST_HOLD_BYTES = 64 * 1024;
/** A larger buffer is given back once it is empty; up to here it is kept for the connection's next frame. */
const KEPT_HOLD_BYTES = 1024 * 1024;

const EMPTY = new Uint8Array(0);

/** Why a stream cannot be read on. `http` and `tls`: what the peer speaks instead of Kafka's protocol. */
export type FrameProblem =
  | { readonly kind: "http" }
  | { readonly kind: "tls" }
  | { readonly kind: "bad-size"; readonly sizeBytes: number; readonly maxBytes: number };

/**
 * Cuts a stream of bytes into Kafka's frames. Pure: no socket.
 * Call `push` with what arrived, then `peek` and `advance` until `peek` gives undefined, and `settle` before the pushed memory goes.
 * A frame that lies whole in the pushed bytes is given in place; only what is left over is copied.
 */
export class FrameReader {
  /** Set when the stream broke; from then on `peek` gives nothing. */
  problem: FrameProblem | undefined;
  private chunk: Uint8Array = EMPTY;
  private chunkStart = 0;
  /** Owned bytes from `heldStart` to `heldEnd`; they come before those of the chunk. */
  private held: Uint8Array = EMPTY;
  private heldStart = 0;
  private heldEnd = 0;
  private frame: Uint8Array | undefined;

  /** `maxFrameBytes` is `socket.request.max.bytes`. */
  constructor(private readonly maxFrameBytes: number) {}

  /** Bytes that this reader keeps in memory of its own. */
  get heldBytes(): number {
    return this.heldEnd - this.heldStart;
  }

  /** Size of the request that is held in part, as far as it is known. */
  get heldFrameBytes(): number {
    if (this.heldBytes < SIZE_BYTES) return this.heldBytes;
    return SIZE_BYTES + (this.size(this.held, this.heldStart) ?? 0);
  }

  /** Hands in received bytes. They are read in place until `settle`. */
  push(bytes: Uint8Array): void {
    this.settle();
    this.chunk = bytes;
    this.chunkStart = 0;
  }

  /** The next whole frame without its size, or undefined. It stands until `advance`, `push` or `settle`; asked again it is the same. */
  peek(): Uint8Array | undefined {
    this.frame ??= this.problem === undefined ? (this.heldBytes > 0 ? this.peekHeld() : this.peekChunk()) : undefined;
    return this.frame;
  }

  /** Steps over the frame that `peek` gave. */
  advance(): void {
    if (this.frame === undefined) return;
    const wholeBytes = SIZE_BYTES + this.frame.byteLength;
    this.frame = undefined;
    if (this.heldBytes === 0) {
      this.chunkStart += wholeBytes;
      return;
    }
    this.heldStart += wholeBytes;
    if (this.heldStart < this.heldEnd) return;
    this.heldStart = 0;
    this.heldEnd = 0;
    if (this.held.byteLength > KEPT_HOLD_BYTES) this.held = EMPTY;
  }

  /** Copies what is left of the pushed bytes, so that their memory may go. */
  settle(): void {
    this.frame = undefined;
    if (this.chunkStart < this.chunk.byteLength && this.problem === undefined)
      this.hold(this.chunk.byteLength - this.chunkStart);
    this.chunk = EMPTY;
    this.chunkStart = 0;
  }

  private peekChunk(): Uint8Array | undefined {
    const available = this.chunk.byteLength - this.chunkStart;
    if (available < SIZE_BYTES) return undefined;
    const size = this.size(this.chunk, this.chunkStart);
    if (size === undefined || available < SIZE_BYTES + size) return undefined;
    return this.chunk.subarray(this.chunkStart + SIZE_BYTES, this.chunkStart + SIZE_BYTES + size);
  }

  /** Takes no more from the chunk than the held frame still needs, so that the frames after it are read in place. */
  private peekHeld(): Uint8Array | undefined {
    if (this.heldBytes < SIZE_BYTES) this.hold(SIZE_BYTES - this.heldBytes);
    if (this.heldBytes < SIZE_BYTES) return undefined;
    const size = this.size(this.held, this.heldStart);
    if (size === undefined) return undefined;
    const wholeBytes = SIZE_BYTES + size;
    if (this.heldBytes < wholeBytes) this.hold(wholeBytes - this.heldBytes);
    if (this.heldBytes < wholeBytes) return undefined;
    return this.held.subarray(this.heldStart + SIZE_BYTES, this.heldStart + wholeBytes);
  }

  private size(bytes: Uint8Array, at: number): number | undefined {
    const a = bytes[at] ?? 0;
    const b = bytes[at + 1] ?? 0;
    const c = bytes[at + 2] ?? 0;
    const d = bytes[at + 3] ?? 0;
    const size = (a << 24) | (b << 16) | (c << 8) | d;
    if (size >= 0 && size <= this.maxFrameBytes) return size;
    if (isHttpVerb(String.fromCharCode(a, b, c, d))) this.problem = { kind: "http" };
    else if (a === 0x16 && b === 0x03) this.problem = { kind: "tls" };
    else this.problem = { kind: "bad-size", sizeBytes: size, maxBytes: this.maxFrameBytes };
    return undefined;
  }

  /** Moves at most `byteCount` bytes from the chunk to the held ones. */
  private hold(byteCount: number): void {
    const count = Math.min(byteCount, this.chunk.byteLength - this.chunkStart);
    if (count <= 0) return;
    if (this.heldEnd + count > this.held.byteLength) this.makeRoom(count);
    this.held.set(this.chunk.subarray(this.chunkStart, this.chunkStart + count), this.heldEnd);
    this.heldEnd += count;
    this.chunkStart += count;
  }

  private makeRoom(count: number): void {
    const used = this.heldBytes;
    const needed = used + count;
    const target =
      needed <= this.held.byteLength
        ? this.held
        : new Uint8Array(Math.max(FIRST_HOLD_BYTES, this.held.byteLength * 2, needed));
    target.set(this.held.subarray(this.heldStart, this.heldEnd));
    this.held = target;
    this.heldStart = 0;
    this.heldEnd = used;
  }
}

/** The first four bytes of an HTTP/1 request, or of HTTP/2's preface. */
function isHttpVerb(text: string): boolean {
  return ["GET ", "HEAD", "POST", "PUT ", "DELE", "OPTI", "PATC", "CONN", "TRAC", "PRI "].includes(text);
}
