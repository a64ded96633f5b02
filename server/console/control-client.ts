import { createConnection } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type ControlRequest, type ControlResponse, controlResponse } from "../../lib/contracts/control.ts";

/** The control socket of the platform that runs on a data directory. */
export function controlSocketPath(dataDirectory: string): string {
  return join(dataDirectory, "control.sock");
}

/**
 * Asks the platform that runs on a data directory. Undefined when none runs there: no socket, or one that nobody listens on.
 * Rejects when something listens that is not a platform of ours.
 */
export function askPlatform(dataDirectory: string, request: ControlRequest): Promise<ControlResponse | undefined> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(controlSocketPath(dataDirectory));
    const lines = createInterface({ input: socket });
    // readline repeats the socket's errors, which are handled below.
    lines.on("error", () => undefined);
    let answer: ControlResponse | undefined;
    lines.once("line", (line) => {
      try {
        answer = controlResponse.parse(JSON.parse(line));
      } catch (cause) {
        reject(new Error(`The control socket of ${dataDirectory} answered with what is no answer.`, { cause }));
      }
      socket.end();
    });
    socket.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ECONNREFUSED" || error.code === "ENOTSOCK") resolve(undefined);
      else reject(error);
    });
    socket.once("close", () => {
      if (answer) resolve(answer);
      else reject(new Error(`The platform on ${dataDirectory} ended before it answered.`));
    });
    socket.write(`${JSON.stringify(request)}\n`);
  });
}
