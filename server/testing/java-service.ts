import { spawn } from "node:child_process";
import { until } from "./until.ts";

const STOP_LIMIT_MS = 20_000;

/** A web service in Java on loopback. */
export type JavaService = {
  /** Without a slash at its end. */
  readonly url: string;
  /** Ends the process. */
  stop(): Promise<void>;
};

/** Starts Java with these arguments; settles when `readyUrl` answers 200. */
export async function startJavaService(args: readonly string[], url: string, readyUrl: string): Promise<JavaService> {
  const child = spawn("java", args);
  let output = "";
  const keep = (text: string) => (output = (output + text).slice(-200_000));
  child.stdout.setEncoding("utf8").on("data", keep);
  child.stderr.setEncoding("utf8").on("data", keep);
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`Java ended while starting:\n${output}`);
    return (await fetch(readyUrl).catch(() => undefined))?.status === 200;
  });
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        const giveUp = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
        child.once("close", () => {
          clearTimeout(giveUp);
          resolve();
        });
        child.kill("SIGTERM");
      }),
  };
}
