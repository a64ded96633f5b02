import { parentPort, workerData } from "node:worker_threads";
import { setOwnDecoders } from "../../decoding/decode.ts";
import { loadOwnDecoders } from "../../decoding/own/load-own-decoders.ts";
import type { OwnFile } from "../../decoding/own/own-files.ts";
import { OwnGuard, ownWatch } from "../../decoding/own/own-guard.ts";
import { startSearchThread } from "./search-thread.ts";
import type { ThreadCommand, ThreadData } from "./thread-messages.ts";

if (parentPort === null) throw new Error("a search runs in a thread");
const port = parentPort;
// What the pool gives, and nobody else starts this file.
const data = workerData as ThreadData;
// A search is watched batch by batch, own code and all.
const guard = new OwnGuard(ownWatch(), Number.POSITIVE_INFINITY);
const loadDecoders = async (files: readonly OwnFile[]) => {
  const { decoders } = await loadOwnDecoders(
    files.map((file) => ({ ...file, aside: null })),
    guard,
  );
  setOwnDecoders(decoders);
};
const take = startSearchThread(data, (message) => port.postMessage(message), loadDecoders);
port.on("message", (command: ThreadCommand) => take(command));
