import { setTimeout as after } from "node:timers/promises";

const STEP_MS = 10;

/** Asks again and again until the condition holds; the limit of the test ends it otherwise. For what no event tells. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await after(STEP_MS);
}
