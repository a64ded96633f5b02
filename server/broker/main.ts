import { DiskError, NetworkError } from "../environment/environment.ts";
import { Broker } from "./broker.ts";
import { LogDirectoryError } from "./log/log-manager.ts";
import { RegistrationRefused } from "./metadata/broker-lifecycle.ts";
import { ListenerSettingError } from "./network/listener-settings.ts";
import { type NodeStart, runRole, StartFailure } from "./role-entry.ts";

runRole("broker", async (start) => {
  try {
    const broker = new Broker(start.environment, start);
    const listeners = await broker.start();
    return { listeners, stop: () => broker.stop(), connections: () => broker.connections() };
  } catch (error) {
    throw explain(error, start);
  }
});

/** Failures that a person can do something about. */
function explain(error: unknown, { config }: NodeStart): unknown {
  const title = `Broker ${config.nodeId} cannot start`;
  if (error instanceof LogDirectoryError)
    return new StartFailure(title, error.message, "Mend what it says, or start with another data directory.", {
      cause: error,
    });
  if (error instanceof RegistrationRefused)
    return new StartFailure(title, error.message, "See the controller's lines above.", { cause: error });
  if (error instanceof ListenerSettingError)
    return new StartFailure(title, error.message, "Correct the setting and start again.", { cause: error });
  if (error instanceof DiskError) {
    const advice =
      error.errno === "ENOSPC"
        ? "Free some space on that disk and start again."
        : "See that the directory exists and that you may write to it.";
    return new StartFailure(title, error.message, advice, { cause: error });
  }
  if (error instanceof NetworkError && error.code === "EADDRINUSE") {
    return new StartFailure(title, error.message, "Stop what uses the port, or choose another one.", { cause: error });
  }
  if (error instanceof NetworkError)
    return new StartFailure(title, error.message, "See the listeners setting.", { cause: error });
  return error;
}
