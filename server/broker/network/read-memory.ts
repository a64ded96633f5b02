/** The smallest that is made. */
const LENT_BYTES_MIN = 256 * 1024;
/** Larger reads get memory of their own, and so much is kept of what nobody reads into now. */
const LENT_BYTES_MAX = 4 * 1024 * 1024;
const KEPT_BYTES_MAX = 16 * 1024 * 1024;

/** Memory that records are read into for an answer and that comes back when the answer has left: made anew for each, it would cost as much as the read. */
export class ReadMemory {
  private readonly kept: Buffer[] = [];
  private keptBytes = 0;

  /** At least so many bytes, with whatever was in them. */
  take(sizeBytes: number): Buffer {
    for (let index = this.kept.length - 1; index >= 0; index -= 1) {
      const buffer = this.kept[index];
      if (buffer === undefined || buffer.length < sizeBytes) continue;
      this.kept.splice(index, 1);
      this.keptBytes -= buffer.length;
      return buffer;
    }
    const isLarge = sizeBytes > LENT_BYTES_MAX;
    return Buffer.allocUnsafeSlow(isLarge ? sizeBytes : 2 ** Math.ceil(Math.log2(Math.max(sizeBytes, LENT_BYTES_MIN))));
  }

  /** Nobody looks at it any more. */
  give(buffer: Buffer): void {
    if (buffer.length > LENT_BYTES_MAX || this.keptBytes + buffer.length > KEPT_BYTES_MAX) return;
    this.kept.push(buffer);
    this.keptBytes += buffer.length;
  }
}
