import { ClientError } from "./client-error.ts";

/** A response above this is refused: larger than any fetch.max.bytes in use, small enough that a lying length does not exhaust memory. */
export const MAX_RESPONSE_BYTES = 256 * 1024 * 1024;

/** What is left of a frame is received in its place when it is more than this; below, the memory that all share is as good. */
const IN_PLACE_BYTES_MIN = 64 * 1024;

/**
 * Cuts a connection's byte stream into Kafka's frames (int32 size, then that many bytes). Pure. Received views are copied, unless they
 * were received in their place already, so a frame belongs to whoever takes it.
 */
export class ResponseFrames {
  private readonly sizeBytes = Buffer.alloc(4);
  private sizeFilled = 0;
  private frame: Buffer | undefined;
  private frameFilled = 0;

  /** `roomFor` gives the memory for the next frame. */
  constructor(
    private readonly take: (frame: Buffer) => void,
    private readonly roomFor: (sizeBytes: number) => Buffer = (sizeBytes) => Buffer.allocUnsafe(sizeBytes),
  ) {}

  /** Where the next bytes of the stream should be received: the rest of a large frame; undefined when it does not matter. */
  place(): Uint8Array | undefined {
    const { frame, frameFilled } = this;
    return frame !== undefined && frame.length - frameFilled > IN_PLACE_BYTES_MIN
      ? frame.subarray(frameFilled)
      : undefined;
  }

  /** Takes in the next bytes of the stream and hands out each frame that they complete. Throws ClientError `malformed` for a size that cannot be. */
  push(bytes: Uint8Array): void {
    let position = 0;
    while (position < bytes.length) {
      position =
        this.frame === undefined ? this.fillSize(bytes, position) : this.fillFrame(this.frame, bytes, position);
    }
  }

  private fillSize(bytes: Uint8Array, position: number): number {
    const count = Math.min(4 - this.sizeFilled, bytes.length - position);
    this.sizeBytes.set(bytes.subarray(position, position + count), this.sizeFilled);
    this.sizeFilled += count;
    if (this.sizeFilled === 4) {
      const size = this.sizeBytes.readInt32BE(0);
      if (size < 4 || size > MAX_RESPONSE_BYTES) {
        throw new ClientError(
          "malformed",
          `The peer announced a response of ${size} bytes. It does not speak the Kafka protocol on this port, or it expects TLS.`,
        );
      }
      this.sizeFilled = 0;
      this.frame = this.roomFor(size);
      this.frameFilled = 0;
    }
    return position + count;
  }

  private fillFrame(frame: Buffer, bytes: Uint8Array, position: number): number {
    const count = Math.min(frame.length - this.frameFilled, bytes.length - position);
    if (!isThere(frame, this.frameFilled, bytes, position))
      frame.set(bytes.subarray(position, position + count), this.frameFilled);
    this.frameFilled += count;
    if (this.frameFilled === frame.length) {
      this.frame = undefined;
      this.take(frame);
    }
    return position + count;
  }
}

/** Whether bytes lie already where they are to be copied to. */
function isThere(frame: Buffer, filled: number, bytes: Uint8Array, position: number): boolean {
  return bytes.buffer === frame.buffer && bytes.byteOffset + position === frame.byteOffset + filled;
}
