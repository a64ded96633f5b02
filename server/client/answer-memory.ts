/** Larger answers get memory of their own, so that one of them does not keep it for ever. */
const KEPT_BYTES_MAX = 8 * 1024 * 1024;

/**
 * Memory that the answers of one reader come into, one after the other: memory made for each answer would cost more than reading it.
 * An answer is overwritten by the next. A request that was given up may still be answered into it: then go on with a new one.
 */
export class AnswerMemory {
  private bytes = Buffer.alloc(0);

  /** Room for an answer of so many bytes. */
  roomFor(sizeBytes: number): Buffer {
    if (sizeBytes > KEPT_BYTES_MAX) return Buffer.allocUnsafeSlow(sizeBytes);
    if (sizeBytes > this.bytes.length) this.bytes = Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(sizeBytes)));
    return this.bytes.subarray(0, sizeBytes);
  }
}
