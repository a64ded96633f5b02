import type { Failure } from "./supervised-process.ts";

/** How the command line writes its own lines: for people, or one JSON object a line. */
export type LogFormat = "text" | "json";

/** Writes what `odradek` itself has to say; brokers and console write their own lines in the same format. */
export class Report {
  constructor(private readonly format: LogFormat) {}

  /** One fact. `text` is for people; `fields` go into the JSON line. */
  fact(text: string, fields: Readonly<Record<string, unknown>> = {}): void {
    this.write({ level: "info", message: text, ...fields }, text);
  }

  /** Something that a person should know but need not act on. */
  warning(text: string, fields: Readonly<Record<string, unknown>> = {}): void {
    this.write({ level: "warn", message: text, ...fields }, `! ${text}`);
  }

  /** Why it does not go on, and what to do. */
  failure({ title, detail, suggestion }: Failure): void {
    if (this.format === "json")
      console.error(
        JSON.stringify({ time: new Date().toISOString(), level: "error", message: title, detail, suggestion }),
      );
    else console.error([`✗ ${title}`, ...indent(detail), ...indent(suggestion)].join("\n"));
  }

  private write(line: Readonly<Record<string, unknown>>, text: string): void {
    if (this.format === "json") console.log(JSON.stringify({ time: new Date().toISOString(), ...line }));
    else console.log(text);
  }
}

function indent(text: string): string[] {
  return text === "" ? [] : text.split("\n").map((line) => `  ${line}`);
}
