import type { Log, LogFields } from "../environment.ts";

/** One line that was logged. */
export type LogEvent = {
  readonly atMs: number;
  readonly level: "debug" | "info" | "warn" | "error";
  readonly fields: LogFields;
  readonly message: string;
};

/** Keeps what is logged, so that a test can assert which road a run took. Everything is kept, debug too. */
export class RecordingLog implements Log {
  readonly debugOn = true;
  readonly events: LogEvent[];
  readonly #nowMs: () => number;
  readonly #fields: LogFields;

  constructor(nowMs: () => number, events: LogEvent[] = [], fields: LogFields = {}) {
    this.#nowMs = nowMs;
    this.events = events;
    this.#fields = fields;
  }

  debug(fields: LogFields, message: string): void {
    this.#record("debug", fields, message);
  }
  info(fields: LogFields, message: string): void {
    this.#record("info", fields, message);
  }
  warn(fields: LogFields, message: string): void {
    this.#record("warn", fields, message);
  }
  error(fields: LogFields, message: string): void {
    this.#record("error", fields, message);
  }
  with(fields: LogFields): RecordingLog {
    return new RecordingLog(this.#nowMs, this.events, { ...this.#fields, ...fields });
  }

  /** The events with this message whose fields have at least these values. */
  named(message: string, fields: LogFields = {}): LogEvent[] {
    const wanted = Object.entries(fields);
    return this.events.filter(
      (event) => event.message === message && wanted.every(([name, value]) => event.fields[name] === value),
    );
  }

  #record(level: LogEvent["level"], fields: LogFields, message: string): void {
    this.events.push({ atMs: this.#nowMs(), level, fields: { ...this.#fields, ...fields }, message });
  }
}
