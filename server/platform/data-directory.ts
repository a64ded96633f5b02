import { accessSync, constants, mkdirSync } from "node:fs";
import type { Failure } from "../broker/role-messages.ts";

/** Makes the data directory, for this user only, if there is none. The failure says why it cannot be used. */
export function makeDataDirectory(path: string): Failure | undefined {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return {
      title: `The data directory ${path} cannot be used`,
      detail: error instanceof Error ? error.message : String(error),
      suggestion: "Make it writable for this user, or choose another directory with --data.",
    };
  }
}
