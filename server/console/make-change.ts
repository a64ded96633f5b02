import type { AnyChange, ChangeMade, ChangePlan, MakeChangeInput } from "../../lib/contracts/changes.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import type { StoredChange } from "./change.ts";
import { changes } from "./changes.ts";
import type { UseCase } from "./use-case.ts";

/** What a change of any kind would do. */
export const planChange: UseCase<AnyChange, ChangePlan> = async (context, actor, { cluster, kind, input }) => {
  const change = find(kind);
  return change.ok ? change.value.plan(context, actor, { ...input, cluster }) : change;
};

/** Makes a change of any kind as its plan said. */
export const makeChange: UseCase<MakeChangeInput, ChangeMade> = async (
  context,
  actor,
  { cluster, kind, input, fingerprint },
) => {
  const change = find(kind);
  if (!change.ok) return change;
  const made = await change.value.act(context, actor, { ...input, cluster }, { fingerprint });
  if (!made.ok) return made;
  const { summary, jobId, entry } = made.value;
  return succeed({ summary, jobId, entry });
};

function find(kind: string): Result<StoredChange> {
  const change = changes.get(kind);
  if (change) return succeed(change);
  const detail = `It knows: ${[...changes.keys()].join(", ")}.`;
  return fail(problem({ code: "invalid-input", title: `The console knows no change ${kind}`, detail }));
}
