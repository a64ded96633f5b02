import { z } from "zod";
import { clientConnection } from "@/lib/contracts/connections";

/** Where a listener of a node can be reached. */
const listener = z.object({ name: z.string(), host: z.string(), port: z.number().int() });

/** A controller or broker of the bundled platform, as its supervisor sees it. */
const role = z.object({
  name: z.string(),
  kind: z.enum(["controller", "broker"]),
  nodeId: z.number().int(),
  state: z.enum(["starting", "running", "restarting", "stopped"]),
  listeners: z.array(listener),
  /** Times that it came back after it had died by itself. */
  restarts: z.number().int(),
});

/** What `odradek status` shows. */
export const platformStatus = z.object({
  version: z.string(),
  processId: z.number().int(),
  /** Milliseconds since 1970. */
  startedAtMs: z.number(),
  dataDirectory: z.string(),
  clusterId: z.string(),
  /** `host:port` of every broker, for clients. */
  bootstrapServers: z.array(z.string()),
  /** Address of the console; null when it is not running. */
  consoleUrl: z.string().nullable(),
  roles: z.array(role),
  /** The id of the broker that is added next: none is given twice. */
  nextBrokerId: z.number().int(),
});
export type PlatformStatus = z.infer<typeof platformStatus>;

/** One line to the control socket. */
export const controlRequest = z.discriminatedUnion("command", [
  z.object({ command: z.literal("status") }),
  /** Stops everything: console, platform and their supervisor. */
  z.object({ command: z.literal("down") }),
  /** Stops a broker in order: its leaders move first. Answered when it has ended; it stays away until it is started. */
  z.object({ command: z.literal("stop-broker"), broker: z.number().int() }),
  /** Starts a stopped broker. Answered when it serves. */
  z.object({ command: z.literal("start-broker"), broker: z.number().int() }),
  /** Answered with who is connected to a broker now in `connections`. */
  z.object({ command: z.literal("list-connections"), broker: z.number().int() }),
  /** Brings one more broker into the cluster. Answered, with its id in `broker`, when it serves. */
  z.object({ command: z.literal("add-broker") }),
  /** Sends what is on a broker to others, as far as it is not on its way. Answered at once with what is there still. */
  z.object({ command: z.literal("drain-broker"), broker: z.number().int() }),
  /** Takes an empty broker out of the cluster for good. Refused while there are replicas on it. */
  z.object({ command: z.literal("remove-broker"), broker: z.number().int() }),
]);
export type ControlRequest = z.infer<typeof controlRequest>;

/** The line that comes back. `down` is answered when all roles have stopped. */
export const controlResponse = z.discriminatedUnion("ok", [
  z.object({
    ok: z.literal(true),
    status: platformStatus,
    /** The broker that was added. */
    broker: z.number().int().optional(),
    /** Replicas that are on a broker which is drained. */
    replicas: z.number().int().optional(),
    /** Who is connected to the broker. */
    connections: z.array(clientConnection).optional(),
  }),
  z.object({ ok: z.literal(false), title: z.string(), detail: z.string() }),
]);
export type ControlResponse = z.infer<typeof controlResponse>;
