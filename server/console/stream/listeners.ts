/** Callbacks that come and go; whoever owns them works only while there are some. */
export class Listeners<Event> {
  private readonly own = new Set<(event: Event) => void>();

  constructor(private readonly onCount: (count: number) => void) {}

  get count(): number {
    return this.own.size;
  }

  /** Listens until the returned function is called. */
  add(listener: (event: Event) => void): () => void {
    this.own.add(listener);
    this.onCount(this.own.size);
    return () => {
      if (this.own.delete(listener)) this.onCount(this.own.size);
    };
  }

  tell(event: Event): void {
    for (const listener of this.own) listener(event);
  }
}
