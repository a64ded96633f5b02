import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";

const LINES_AT_ONCE = 20;
const PAUSE_MS = 10;
/** A message that is not acknowledged by then is given up, and the load with it. */
const MESSAGE_TIMEOUT_MS = 180_000;

/** What was written to a topic: values that were acknowledged, in the order in which they were sent. */
export type Load = {
  /** Values acknowledged so far, as far as that is known before the end. */
  readonly acknowledgedSoFar: number;
  /** Stops writing and settles with all that was acknowledged. Rejects when a message was given up. */
  end(): Promise<readonly string[]>;
};

/** librdkafka with acks=all and idempotence, as kcat runs it: it says which message it gave up, and all others are acknowledged when it has ended. */
export function startKcat(bootstrap: string, topic: string, name: string): Load {
  const settings = ["acks=all", "enable.idempotence=true", "linger.ms=5", `message.timeout.ms=${MESSAGE_TIMEOUT_MS}`];
  // -E: not being connected to any broker for a while is no reason to end.
  const args = ["-P", "-E", "-b", bootstrap, "-t", topic, ...settings.flatMap((setting) => ["-X", setting])];
  const child = spawn("kcat", args, { stdio: ["pipe", "ignore", "pipe"] });
  let output = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stdin.on("error", () => undefined);
  const ended = new Promise<number | null>((resolve) => {
    child.once("close", resolve);
  });
  const values: string[] = [];
  const over = new AbortController();
  const feeding = feed(child, values, name, over.signal);
  return {
    acknowledgedSoFar: 0,
    end: async () => {
      over.abort();
      await feeding;
      child.stdin.end();
      const exitCode = await ended;
      if (exitCode !== 0 || output.includes("Delivery failed"))
        throw new Error(`kcat ended with ${exitCode}:\n${output}`);
      return values;
    },
  };
}

async function feed(child: ChildProcess, values: string[], name: string, over: AbortSignal): Promise<void> {
  while (!over.aborted && child.exitCode === null) {
    const lines = Array.from({ length: LINES_AT_ONCE }, (_, index) => `${name}:${values.length + index}`);
    values.push(...lines);
    child.stdin?.write(`${lines.join("\n")}\n`);
    await pause(PAUSE_MS);
  }
}
