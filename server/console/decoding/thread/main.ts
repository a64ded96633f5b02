import { parentPort, workerData } from "node:worker_threads";
import { setOwnDecoders } from "../decode.ts";
import { loadOwnDecoders } from "../own/load-own-decoders.ts";
import { OWN_CODE_PAGE_MS_MAX, OwnGuard } from "../own/own-guard.ts";
import type { DecodingCommand, DecodingData, DecodingMessage } from "./decoding-messages.ts";
import { decodingTasks } from "./decoding-tasks.ts";

if (parentPort === null) throw new Error("records are decoded in a thread");
const port = parentPort;
const tell = (message: DecodingMessage) => port.postMessage(message);
// What the console gives, and nobody else starts this file.
const { files, watch } = workerData as DecodingData;
const guard = new OwnGuard(watch, OWN_CODE_PAGE_MS_MAX);
const { decoders, told } = await loadOwnDecoders(files, guard);
setOwnDecoders(decoders);
tell({ type: "loaded", told });
port.on("message", ({ id, name, input }: DecodingCommand) => {
  guard.begin();
  try {
    // Whoever asks gives each task its own input (`DecodingThread.run`).
    tell({ type: "done", id, output: decodingTasks[name](input as never) });
  } catch (error) {
    tell({ type: "failed", id, detail: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
