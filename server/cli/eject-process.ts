import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { EjectCommand, EjectOutcome } from "../../lib/contracts/eject.ts";

/** Runs eject or adopt in a process of its own, which alone knows the platform's files; settles with its outcome. */
export function runEject(command: EjectCommand): Promise<EjectOutcome> {
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(new URL("./eject.js", import.meta.url)), [], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    child.once("message", (outcome: EjectOutcome) => resolve(outcome));
    const title = `odradek ${command.type} ended before it was done`;
    const suggestion =
      "The cluster itself was not changed. Try again; if this repeats, report it with the lines above.";
    child.once("error", ({ message }) => resolve({ type: "failed", title, detail: message, suggestion }));
    child.once("exit", (code, signal) =>
      resolve({ type: "failed", title, detail: `It ended with ${signal ?? `exit code ${code}`}.`, suggestion }),
    );
    child.send(command);
  });
}
