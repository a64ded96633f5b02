import { setTimeout as pause } from "node:timers/promises";

/** Brokers learn of a change from the metadata log, some milliseconds after the controller has taken it. */
const SEEN_LIMIT_MS = 5_000;
const LOOK_AGAIN_MS = 50;

/** Looks until a change can be read back, so that the next read of a page has it. It is made either way: after five seconds this settles as well. */
export async function untilSeen(isSeen: () => Promise<boolean>): Promise<void> {
  const limitMs = performance.now() + SEEN_LIMIT_MS;
  while (!(await isSeen()) && performance.now() < limitMs) await pause(LOOK_AGAIN_MS);
}
