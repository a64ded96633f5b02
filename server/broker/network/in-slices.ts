import type { Context } from "./context.ts";

/** Partitions that are looked at before others have their turn: one to two milliseconds of work. */
const PARTITIONS_AT_ONCE = 100;

/** Work on many partitions: gives way where it yields, and returns its result. */
export type SlicedWork<Result> = Generator<undefined, Result, undefined>;

/**
 * Does work on many partitions in slices, so that a question about all of a cluster does not hold up who produces and fetches. What fits in one
 * slice is done at once. What the work looks at may change between its slices.
 */
export function inSlices<Result>(
  context: Pick<Context<unknown>, "later">,
  work: SlicedWork<Result>,
  done: (result: Result) => void,
): void {
  const step = () => {
    let left = PARTITIONS_AT_ONCE;
    for (;;) {
      const { done: isDone, value } = work.next();
      if (isDone === true) return done(value);
      left -= 1;
      if (left === 0) return context.later(step);
    }
  };
  step();
}
