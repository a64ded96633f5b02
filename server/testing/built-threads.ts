import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker, type WorkerOptions } from "node:worker_threads";

const START = Symbol.for("odradek.console.thread");

/** Lets the console of this process start the threads that were built into dist/, as the product does; returns whether they are there. */
export function useBuiltThreads(): boolean {
  const fileOf = (name: string) => fileURLToPath(new URL(`../../dist/${name}.js`, import.meta.url));
  if (!existsSync(fileOf("search"))) return false;
  const shared: Record<symbol, unknown> = globalThis;
  shared[START] = (name: string, options: WorkerOptions) => new Worker(fileOf(name), options);
  return true;
}
