import type { Failure } from "../../broker/role-messages.ts";

/** An eject or adopt that was given up before anything was written. */
export class Refused extends Error implements Failure {
  override readonly name = "Refused";
  readonly detail: string;

  constructor(
    readonly title: string,
    problems: readonly string[],
    readonly suggestion: string,
  ) {
    const detail = problems.join("\n");
    super(`${title}: ${detail}`);
    this.detail = detail;
  }
}
