import { DiskError, NetworkError } from "../../environment/environment.ts";
import { WireError } from "../../wire/wire-error.ts";
import { LogDirectoryError } from "../log/meta-properties.ts";
import { ListenerSettingError } from "../network/listener-settings.ts";
import { type NodeStart, runRole, StartFailure } from "../role-entry.ts";
import { ControllerNode } from "./controller-node.ts";
import { QuorumStateError } from "./quorum-state.ts";

runRole("controller", async (start) => {
  try {
    const node = new ControllerNode(start.environment, start);
    const listeners = await node.start();
    return { listeners, stop: () => node.stop() };
  } catch (error) {
    throw explain(error, start);
  }
});

/** Failures that a person can do something about. */
function explain(error: unknown, { config }: NodeStart): unknown {
  const title = `Controller ${config.nodeId} cannot start`;
  const because = (detail: string, suggestion: string): StartFailure =>
    new StartFailure(title, detail, suggestion, { cause: error });
  if (error instanceof LogDirectoryError)
    return because(error.message, "Mend what it says, or start with another data directory.");
  if (error instanceof QuorumStateError)
    return because(error.message, "Restore the file, or start with another data directory.");
  if (error instanceof ListenerSettingError) return because(error.message, "Correct the setting and start again.");
  if (error instanceof WireError)
    return because(
      `The metadata log in ${config.metadataLogDir} cannot be read: ${error.message}`,
      "Restore the directory from a copy, or start with another data directory.",
    );
  if (error instanceof DiskError)
    return because(
      error.message,
      error.errno === "ENOSPC"
        ? "Free some space on that disk and start again."
        : "See that the directory exists and that you may write to it.",
    );
  if (error instanceof NetworkError)
    return because(
      error.message,
      error.code === "EADDRINUSE" ? "Stop what uses the port, or choose another one." : "See the listeners setting.",
    );
  return error;
}
