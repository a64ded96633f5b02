import type { Problem } from "../../lib/problem.ts";
import { type Attempt, toProblem } from "./to-problem.ts";

/** A part of an answer that may fail while the rest stands. */
export type Settled<T> = { readonly value: T | undefined; readonly problems: readonly Problem[] };

/** Waits for a part; its expected failure becomes a problem beside the answer, a bug is thrown on. */
export async function settle<T>(part: Promise<T>, attempt: Attempt): Promise<Settled<T>> {
  try {
    return { value: await part, problems: [] };
  } catch (error) {
    const problem = toProblem(error, attempt);
    if (problem === undefined) throw error;
    return { value: undefined, problems: [problem] };
  }
}
