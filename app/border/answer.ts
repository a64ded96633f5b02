import "server-only";
import * as z from "zod";
import { currentActor } from "@/app/border/current-actor";
import { sharedResponse } from "@/app/border/shared-response";
import { problem, problemStatus } from "@/lib/problem";
import { type Result, fail } from "@/lib/result";
import type { Actor } from "@/server/console/actor";
import { logRequestBug } from "@/server/console/boot";
import { type ConsoleContext, consoleContext } from "@/server/console/context";
import { inputProblem } from "@/server/console/to-problem";

/** A use case: what a door of the border leads to. */
type UseCase<Input, Value> = (
  context: ConsoleContext,
  actor: Actor,
  input: Input,
) => Promise<Result<Value>> | Result<Value>;

/** One call through the border: raw input, its contract, and the use case behind. */
export type Call<Input, Value> = {
  readonly contract: z.core.$ZodType<Input>;
  readonly input: unknown;
  readonly run: UseCase<Input, Value>;
  /** For the log, should it fail by a bug. */
  readonly door: string;
};

/** Parses the input, calls the use case as the current actor, and never throws: a bug is logged and answered as `internal`. */
export async function callUseCase<Input, Value>({
  contract,
  input,
  run,
  door,
}: Call<Input, Value>): Promise<Result<Value>> {
  try {
    const parsed = z.safeParse(contract, input);
    if (!parsed.success) return fail(inputProblem(parsed.error, "The console cannot take this input"));
    return await run(consoleContext(), await currentActor(), parsed.data);
  } catch (bug) {
    logRequestBug(bug, { path: door, route: door });
    return fail(
      problem({
        code: "internal",
        title: "Something went wrong in the console",
        detail: "It is a bug. The console's log has the details.",
        suggestion: "Report it with the lines of the log.",
        facts: [["where", door]],
      }),
    );
  }
}

/** The same as the answer of a route handler: the `Result` as JSON with the status of its problem. */
export async function answer<Input, Value>(call: Call<Input, Value>): Promise<Response> {
  return resultResponse(await callUseCase(call));
}

/** As `answer`, of a read that gives many tabs the same `Result` object: see `sharedResponse`. */
export async function sharedAnswer<Input, Value>(call: Call<Input, Value>): Promise<Response> {
  const result = await callUseCase(call);
  return sharedResponse(result, responseInit(result));
}

/** A `Result` as a response. */
export function resultResponse(result: Result<unknown>): Response {
  return Response.json(result, responseInit(result));
}

function responseInit(result: Result<unknown>) {
  const status = result.ok ? 200 : problemStatus[result.problem.code];
  return { status, headers: { "cache-control": "no-store" } };
}
