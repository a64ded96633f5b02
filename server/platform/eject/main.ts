import { existsSync } from "node:fs";
import { join } from "node:path";
import type { EjectCommand, EjectOutcome, EjectReport } from "../../../lib/contracts/eject.ts";
import { CheckpointError } from "../../broker/log/checkpoint-file.ts";
import { LogDirectoryError } from "../../broker/log/meta-properties.ts";
import type { Failure } from "../../broker/role-messages.ts";
import { DiskError } from "../../environment/environment.ts";
import { createLog } from "../../environment/real/log.ts";
import { realEnvironment } from "../../environment/real/real-environment.ts";
import { loadCompression } from "../../wire/compression.ts";
import { WireError } from "../../wire/wire-error.ts";
import { ControlSocket } from "../control-socket.ts";
import { asFailure } from "../failure.ts";
import { makeDataDirectory } from "../data-directory.ts";
import { checkProperties } from "../node-properties.ts";
import { adopt } from "./adopt.ts";
import { eject } from "./eject.ts";
import { Refused } from "./refused.ts";

// The entry of the process behind `odradek eject` and `odradek adopt`: one command, one outcome.
process.once("message", (command: EjectCommand) => void answer(command));
process.once("disconnect", () => process.exit(1));

async function answer(command: EjectCommand): Promise<void> {
  const outcome = await carryOut(command).then(
    (report): EjectOutcome => ({ type: "done", report }),
    (error: unknown): EjectOutcome => ({ type: "failed", ...plain(explain(error, command)) }),
  );
  process.send?.(outcome, () => process.exit(0));
}

/** Holds the data directory meanwhile, so that nobody starts on it. */
async function carryOut(command: EjectCommand): Promise<EjectReport> {
  const dataDirectory =
    command.type === "eject" ? command.options.platform.dataDirectory : command.options.dataDirectory;
  if (command.type === "eject") {
    if (!existsSync(join(dataDirectory, "controller")))
      throw new Refused(
        `There is no cluster in ${dataDirectory}`,
        ["It has no controller."],
        "Name its directory with --data.",
      );
    const failure = checkProperties(command.options.platform);
    if (failure)
      throw new Refused(failure.title, [failure.detail], "Give the settings that the cluster is started with.");
  }
  const failure = makeDataDirectory(dataDirectory);
  if (failure) throw new Refused(failure.title, [failure.detail], failure.suggestion);
  const lock = await ControlSocket.open(dataDirectory, async () => ({
    ok: false,
    title: "Its cluster is being moved",
    detail: "Ask again when odradek eject or adopt has ended.",
  }));
  if (!(lock instanceof ControlSocket)) throw new Refused(lock.title, [lock.detail], lock.suggestion);
  try {
    await loadCompression();
    const environment = realEnvironment({ log: createLog({ format: "text", level: "error" }) });
    return await (command.type === "eject"
      ? eject(environment.disk, command.options)
      : adopt(environment, command.options));
  } finally {
    await lock.close();
  }
}

function explain(error: unknown, command: EjectCommand): Failure {
  if (error instanceof Refused) return error;
  const title = `The cluster cannot be ${command.type === "eject" ? "ejected" : "adopted"}`;
  if (error instanceof LogDirectoryError || error instanceof CheckpointError)
    return {
      title,
      detail: error.message,
      suggestion: "Start the cluster once more and stop it in order, or restore the file from a copy.",
    };
  if (error instanceof WireError)
    return {
      title,
      detail: `Its metadata cannot be read: ${error.message}`,
      suggestion: "They are damaged, or written by a later version than 4.2.",
    };
  if (error instanceof DiskError || (error instanceof Error && "code" in error && "syscall" in error))
    return {
      title,
      detail: error.message,
      suggestion: "See that the directories can be read and written by this user, and that there is space.",
    };
  return asFailure(error);
}

function plain({ title, detail, suggestion }: Failure): Failure {
  return { title, detail, suggestion };
}
