import { problem, ProblemError } from "@/lib/problem";
import type { Result } from "@/lib/result";

/**
 * Calls a server action for `useMutation`. Throws `ProblemError`: the action's own problem, or, when the console went away
 * during the call, one that says the outcome is not known.
 */
export async function callAction<Input, Value>(
  action: (input: Input) => Promise<Result<Value>>,
  input: Input,
): Promise<Value> {
  let result: Result<Value>;
  try {
    result = await action(input);
  } catch (error) {
    throw new ProblemError(
      problem({
        code: "console-unreachable",
        title: "The console did not answer",
        detail: "It is not known whether the change was made.",
        suggestion: "Look before you try again.",
        facts: [["error", error instanceof Error ? error.message : String(error)]],
      }),
    );
  }
  if (!result.ok) throw new ProblemError(result.problem);
  return result.value;
}
