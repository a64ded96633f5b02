/** What a controller knows of a broker from its heartbeats; none of it is in the metadata log. */
export type BrokerSession = {
  readonly epoch: number;
  /** Monotonic; of the last heartbeat, or of the registration, or of the controller's own start. */
  readonly contactMs: number;
  /** Whether it was heard of since the controller started. */
  readonly heard: boolean;
  /** Metadata offset that the broker has applied. */
  readonly metadataOffset: number;
  /** Last record of the batch that began its controlled shutdown: the others must have applied it before the broker may go. */
  readonly shutdownOffset?: number;
};

/** The sessions of all registered brokers. Dies with the controller: a new one gives each broker a whole session time to be heard. */
export class BrokerSessions {
  readonly #sessions = new Map<number, BrokerSession>();

  get(broker: number): BrokerSession | undefined {
    return this.#sessions.get(broker);
  }

  /** Notes that a broker is registered with this epoch; `heard` false for one known from the log alone. */
  open(broker: number, epoch: number, nowMs: number, heard: boolean): void {
    this.#sessions.set(broker, { epoch, contactMs: nowMs, heard, metadataOffset: -1 });
  }

  touch(broker: number, epoch: number, nowMs: number, metadataOffset: number): void {
    const before = this.#sessions.get(broker);
    const shutdown = before?.shutdownOffset === undefined ? {} : { shutdownOffset: before.shutdownOffset };
    this.#sessions.set(broker, { epoch, contactMs: nowMs, heard: true, metadataOffset, ...shutdown });
  }

  beginShutdown(broker: number, shutdownOffset: number): void {
    const before = this.#sessions.get(broker);
    if (before !== undefined && before.shutdownOffset === undefined)
      this.#sessions.set(broker, { ...before, shutdownOffset });
  }

  /** Gives every broker its session time anew: when the controller itself did not run, it cannot tell who was silent. */
  forgive(nowMs: number): void {
    for (const [broker, session] of this.#sessions) this.#sessions.set(broker, { ...session, contactMs: nowMs });
  }

  /** Whether this broker was heard of within the session time. */
  isAlive(broker: number, nowMs: number, sessionTimeoutMs: number): boolean {
    const session = this.#sessions.get(broker);
    return session !== undefined && session.heard && nowMs - session.contactMs < sessionTimeoutMs;
  }

  /** Whether its session time passed, be it counted from the controller's start. */
  isExpired(broker: number, nowMs: number, sessionTimeoutMs: number): boolean {
    const session = this.#sessions.get(broker);
    return session === undefined || nowMs - session.contactMs >= sessionTimeoutMs;
  }
}
