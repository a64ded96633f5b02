/** Who may hold the bytes of a request that comes in parts; told when it may after it had to wait. */
export type MemoryHolder = { memoryGranted(): void };

/**
 * The memory of a node for large requests that are not whole yet (`queued.max.request.bytes`, Kafka's MemoryPool). Given as long as any is left, so the
 * last one may exceed it; who comes then waits, unread, in order.
 */
export class RequestMemory {
  readonly #bytesMax: number;
  readonly #held = new Map<MemoryHolder, number>();
  readonly #waiting = new Set<MemoryHolder>();
  #heldBytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** True when `holder` may go on to read a request of this size. */
  take(holder: MemoryHolder, sizeBytes: number): boolean {
    if (this.#held.has(holder)) return true;
    if (this.#heldBytes >= this.#bytesMax || (this.#waiting.size > 0 && !this.#isFirst(holder))) {
      this.#waiting.add(holder);
      return false;
    }
    this.#waiting.delete(holder);
    this.#held.set(holder, sizeBytes);
    this.#heldBytes += sizeBytes;
    return true;
  }

  /** The request is whole and in work, or its connection is gone. */
  release(holder: MemoryHolder): void {
    this.#waiting.delete(holder);
    this.#heldBytes -= this.#held.get(holder) ?? 0;
    this.#held.delete(holder);
    for (const next of this.#waiting) {
      if (this.#heldBytes >= this.#bytesMax) return;
      next.memoryGranted();
    }
  }

  #isFirst(holder: MemoryHolder): boolean {
    const [first] = this.#waiting;
    return first === holder;
  }
}
