import { ClientError } from "./client-error.ts";

/** A response above this is refused: larger than any fetch.max.bytes in use, small enough that a lying length does not exhaust memory. */
export const MAX_RESPONSE_BYTES = 256 * 1024 * 1024;

/**
 * Cuts a connection's byte stream into Kafka's frames (int32 size, then that many bytes). Pure. Received views are copied, so a frame
 * belongs to whoever takes it.
 */
export class ResponseFrames {
  private readonly sizeBytes = Buffer.alloc(4);
  private sizeFilled = 0;
  private frame: Buffer | undefined;
  private frameFilled = 0;

  constructor(private readonly take: (frame: Buffer) => void) {}

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
      this.frame = Buffer.allocUnsafe(size);
      this.frameFilled = 0;
    }
    return position + count;
  }

  private fillFrame(frame: Buffer, bytes: Uint8Array, position: number): number {
    const count = Math.min(frame.length - this.frameFilled, bytes.length - position);
    frame.set(bytes.subarray(position, position + count), this.frameFilled);
    this.frameFilled += count;
    if (this.frameFilled === frame.length) {
      this.frame = undefined;
      this.take(frame);
    }
    return position + count;
  }
}
