import { parentPort, workerData } from "node:worker_threads";
import { startSearchThread } from "./search-thread.ts";
import type { ThreadCommand, ThreadData } from "./thread-messages.ts";

if (parentPort === null) throw new Error("a search runs in a thread");
const port = parentPort;
// What the pool gives, and nobody else starts this file.
const take = startSearchThread(workerData as ThreadData, (message) => port.postMessage(message));
port.on("message", (command: ThreadCommand) => take(command));
