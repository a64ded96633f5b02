import type { Clock } from "../environment/environment.ts";

/** Settles after a time on the environment's clock. */
export function pause(clock: Clock, durationMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.at(clock.monotonicMs() + durationMs, resolve);
  });
}
