import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { Worker, type WorkerOptions } from "node:worker_threads";
import next from "next";

/** What the supervisor tells the console's process. `options` is `ConsoleOptions` of server/console; this file only hands it on. */
export type ConsoleCommand =
  | { readonly type: "start"; readonly host: string; readonly port: number; readonly options: unknown }
  | { readonly type: "stop" };

/** What the console's process tells its supervisor. */
export type ConsoleMessage =
  | { readonly type: "ready"; readonly port: number }
  | { readonly type: "failed"; readonly title: string; readonly detail: string; readonly suggestion: string };

/** Streams that do not end by themselves when asked are cut after this. */
const STOP_LIMIT_MS = 3_000;

// Ctrl-C reaches the whole group: the supervisor alone acts on it, and tells.
process.on("SIGINT", () => undefined);

/** Next loads modules several times, so what all copies share stands on globalThis (server/console reads it there). */
const shared: Record<symbol, unknown> = globalThis;
const shutdown = new AbortController();
shared[Symbol.for("odradek.console.shutdown")] = shutdown;

let handle: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | undefined;
/** Came while Next was preparing itself: a browser that comes back as soon as the port is open must not wait for ever. */
const early: (() => void)[] = [];
const server = createServer((request, response) => {
  if (handle) void handle(request, response);
  else early.push(() => void handle?.(request, response));
});

process.on("message", (command: ConsoleCommand) => {
  if (command.type === "stop") stop();
  else void start(command);
});
process.on("SIGTERM", stop);
process.on("disconnect", stop);

async function start({ host, port, options }: Extract<ConsoleCommand, { type: "start" }>): Promise<void> {
  shared[Symbol.for("odradek.console.options")] = options;
  shared[Symbol.for("odradek.console.thread")] = (name: string, threadOptions: WorkerOptions) =>
    new Worker(new URL(`./${name}.js`, import.meta.url), threadOptions);
  try {
    await listen(host, port);
    const address = server.address();
    const bound = typeof address === "object" && address !== null ? address.port : port;
    const app = next({
      dev: false,
      dir: fileURLToPath(new URL("..", import.meta.url)),
      hostname: host,
      port: bound,
      httpServer: server,
    });
    await quietly(() => app.prepare());
    handle = app.getRequestHandler();
    for (const answer of early.splice(0)) answer();
    tell({ type: "ready", port: bound });
  } catch (error) {
    const failure = asFailure(error, port);
    if (process.connected) process.send?.(failure, () => process.exit(1));
  }
}

/** Next tells on stdout how long its own start took, among lines that are for people or, as JSON, for machines. */
async function quietly(work: () => Promise<void>): Promise<void> {
  const { log } = console;
  console.log = () => undefined;
  try {
    await work();
  } finally {
    console.log = log;
  }
}

function listen(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
}

function stop(): void {
  shutdown.abort();
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), STOP_LIMIT_MS).unref();
}

function asFailure(error: unknown, port: number): ConsoleMessage {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return {
      type: "failed",
      title: `Port ${port} of the console is in use`,
      detail: "Another program listens there.",
      suggestion: "Stop it, or choose another port with --port.",
    };
  }
  return {
    type: "failed",
    title: "The console did not start",
    detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
    suggestion: "Report this with the lines above.",
  };
}

function tell(message: ConsoleMessage): void {
  if (process.connected) process.send?.(message);
}
