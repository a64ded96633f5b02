import * as z from "zod/mini";
import { type Problem, problemSchema } from "@/lib/problem";

/** The outcome of a use case: expected failures are values, only bugs are thrown. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** Wraps a success. */
export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Wraps a failure. */
export function fail(problem: Problem): Result<never> {
  return { ok: false, problem };
}

/** The schema of a `Result` as JSON, for a value with the given schema. */
export function resultSchema<Value extends z.core.$ZodType>(value: Value) {
  return z.discriminatedUnion("ok", [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), problem: problemSchema }),
  ]);
}

/** The schema of a failure as JSON. */
export const failureSchema = z.object({ ok: z.literal(false), problem: problemSchema });
