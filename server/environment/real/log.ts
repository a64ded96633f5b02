import pino, { type DestinationStream, type Logger } from "pino";
import type { Log, LogFields } from "../environment.ts";

/** How lines look and which are written. */
export type LogOptions = {
  /** "text": a line a person reads. "json": pino's, one object a line. */
  readonly format: "text" | "json";
  /** The least level written. */
  readonly level: "debug" | "info" | "warn" | "error";
  /** Where the lines go; standard output by default, written at once so that none is lost when the process dies. */
  readonly destination?: DestinationStream;
};

const LEVELS = ["debug", "info", "warn", "error"] as const;
type Level = (typeof LEVELS)[number];

/** A log that writes one line a fact. Each thread makes its own. */
export function createLog(options: LogOptions): Log {
  const destination = options.destination ?? pino.destination({ fd: 1, sync: true });
  if (options.format === "text") return new TextLog(destination, LEVELS.indexOf(options.level), "");
  const settings = { level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return new JsonLog(pino({ ...settings, formatters: { level: (label) => ({ level: label }) } }, destination));
}

class JsonLog implements Log {
  readonly #pino: Logger;
  readonly debugOn: boolean;

  constructor(logger: Logger) {
    this.#pino = logger;
    this.debugOn = logger.isLevelEnabled("debug");
  }
  debug(fields: LogFields, message: string): void {
    this.#pino.debug(fields, message);
  }
  info(fields: LogFields, message: string): void {
    this.#pino.info(fields, message);
  }
  warn(fields: LogFields, message: string): void {
    this.#pino.warn(fields, message);
  }
  error(fields: LogFields, message: string): void {
    this.#pino.error(fields, message);
  }
  with(fields: LogFields): Log {
    return new JsonLog(this.#pino.child(fields));
  }
}

class TextLog implements Log {
  readonly debugOn: boolean;
  readonly #destination: DestinationStream;
  readonly #least: number;
  /** The fields of every line, already as text. */
  readonly #suffix: string;

  constructor(destination: DestinationStream, least: number, suffix: string) {
    this.#destination = destination;
    this.#least = least;
    this.#suffix = suffix;
    this.debugOn = least === 0;
  }
  debug(fields: LogFields, message: string): void {
    this.#write("debug", fields, message);
  }
  info(fields: LogFields, message: string): void {
    this.#write("info", fields, message);
  }
  warn(fields: LogFields, message: string): void {
    this.#write("warn", fields, message);
  }
  error(fields: LogFields, message: string): void {
    this.#write("error", fields, message);
  }
  with(fields: LogFields): Log {
    return new TextLog(this.#destination, this.#least, this.#suffix + fieldsText(fields));
  }

  #write(level: Level, fields: LogFields, message: string): void {
    if (LEVELS.indexOf(level) < this.#least) return;
    const time = new Date().toISOString();
    this.#destination.write(
      `${time} ${level.toUpperCase().padEnd(5)} ${message}${this.#suffix}${fieldsText(fields)}\n`,
    );
  }
}

function fieldsText(fields: LogFields): string {
  let text = "";
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) text += ` ${name}=${valueText(value)}`;
  }
  return text;
}

/** Quoted when it would otherwise be read as more than one field, or break the line. */
function valueText(value: string | number | boolean | null): string {
  if (typeof value !== "string") return String(value);
  return /^[^\s"=\p{Cc}]+$/u.test(value) ? value : JSON.stringify(value);
}
