import type { Worker, WorkerOptions } from "node:worker_threads";

/**
 * Where the process that starts Next leaves a function that starts dist/<name>.js as a thread. It is made outside of Next, whose bundler takes
 * every path given to a Worker for a module of its own.
 */
const START = Symbol.for("odradek.console.thread");

type StartThread = (name: string, options: WorkerOptions) => Worker;

/** Starts dist/<name>.js as a thread that does not keep the process alive; undefined where nothing was built (tests, `next dev`). */
export function startThread(name: string, options: Omit<WorkerOptions, "name">): Worker | undefined {
  const shared: Record<symbol, unknown> = globalThis;
  // Whoever starts the console in this process puts a function of this type there, or nothing.
  const start = shared[START] as StartThread | undefined;
  const worker = start?.(name, { ...options, name });
  worker?.unref();
  return worker;
}
