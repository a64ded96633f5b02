import type { PlatformOptions } from "../../lib/contracts/platform-options.ts";
import type { Failure } from "../broker/role-messages.ts";

/** What the supervisor tells the platform's process. */
export type PlatformCommand =
  | { readonly type: "start"; readonly options: PlatformOptions }
  /** The console's address, or null when it is away: `status` shows it. */
  | { readonly type: "console"; readonly url: string | null }
  | { readonly type: "stop" };

/** What the platform's process tells its supervisor. */
export type PlatformMessage =
  | { readonly type: "ready"; readonly bootstrapServers: readonly string[]; readonly clusterId: string }
  | ({ readonly type: "failed" } & Failure)
  /** A role died and is started again. */
  | ({ readonly type: "role-died"; readonly role: string } & Failure)
  /** Somebody asked for `odradek down`. */
  | { readonly type: "down" };
