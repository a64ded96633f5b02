import { type Finished, runProcess, type RunOptions } from "./run-process.ts";

/** Runs kcat (librdkafka) to its end, against the brokers named. */
export function runKcat(bootstrap: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return runProcess("kcat", ["-b", bootstrap, ...args], options);
}
