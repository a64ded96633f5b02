import { createHash } from "node:crypto";
import * as z from "zod";
import { programWithLogin, withLogin } from "../../lib/cli/login.ts";
import type { ChangeFacts, ChangeMade, ChangePlan, ChangeTarget, Impact } from "../../lib/contracts/changes.ts";
import type { ChangeOutcome } from "../../lib/contracts/journal.ts";
import { type Problem, type ProblemCode, problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import type { Actor } from "./actor.ts";
import { loginOf } from "./connection/login-of.ts";
import type { ClusterOptions } from "./console-options.ts";
import type { ConsoleContext } from "./context.ts";
import type { KeptEntry, NewEntry } from "./engine/journal/journal.ts";
import { inputProblem } from "./to-problem.ts";
import { enter, type Scope, type UseCase } from "./use-case.ts";

/** What a plan found: the state it is for and what would become of it. */
export type Planned = {
  readonly before: ChangeFacts;
  readonly after: ChangeFacts;
  readonly impact: readonly Impact[];
  readonly problems: readonly Problem[];
  /** What must still be so when the change is made; `before` when absent. */
  readonly state?: ChangeFacts;
  /** Stands for that state; made of it and the input when absent. */
  readonly fingerprint?: string;
} & Commands;

/** The same as a command and as a program, where only what was found can write them; else the definition's own. */
type Commands = { readonly cli?: string; readonly code?: string };

/** What a change did. */
export type Done<Value> = {
  readonly value: Value;
  readonly before: ChangeFacts;
  readonly after: ChangeFacts;
  /** One line for the journal: "3 partitions × 1". */
  readonly summary: string;
  /** The job that goes on with it. */
  readonly jobId?: number;
} & Commands;

/** A change by its kind and input. */
type OtherChange = { readonly kind: string; readonly input: unknown };

/** Another change that takes one back; or why there is none, with the change that comes nearest to it. What is harmless needs none, and no warning. */
export type WayBack =
  OtherChange | { readonly irreversible: string; readonly nearest?: OtherChange; readonly isHarmless?: true };

/** One kind of change, declared once: the form, the plan, the action, the journal and the way back all come from it. */
export type ChangeDefinition<Input, Value> = {
  /** Its file's name: "create-topic". */
  readonly kind: string;
  /** Also reads what the journal kept. */
  readonly input: z.core.$ZodType<Input>;
  /** "Create topic": what the journal calls it, before the target's name. */
  readonly verb: (input: Input) => string;
  /** "Topic orders was not created" */
  readonly failed: (input: Input) => string;
  readonly target: (input: Input) => ChangeTarget;
  /** The same as a command; null when Kafka's tools have none. `after` and `before` are what the plan said, or what was done; empty before either. */
  readonly cli?: (input: Input, bootstrap: readonly string[], after: ChangeFacts, before: ChangeFacts) => string | null;
  /** The same as a program; null when it cannot be written so. */
  readonly code?: (input: Input, bootstrap: readonly string[], after: ChangeFacts) => string | null;
  /** What it would do now. Reads only. */
  readonly plan: (scope: Scope, input: Input, title: string) => Promise<Result<Planned>>;
  readonly act: (scope: Scope, input: Input, title: string) => Promise<Result<Done<Value>>>;
  /** What of the input the journal keeps; all of it when absent. People's messages are not kept. */
  readonly keptInput?: (input: Input) => Input;
  /** What takes it back, from what was written down of it. */
  readonly revert: (entry: KeptEntry, input: Input) => WayBack;
};

/** With what a person confirmed a change. */
export type Confirmation = {
  /** Of the plan that was shown; without it the change is made as things are. */
  readonly fingerprint?: string;
  /** The journal's entry that this change takes back. */
  readonly reverts?: number;
};

/** A change as use cases call it. */
export type Change<Input, Value> = ChangeDefinition<Input, Value> & {
  readonly planIt: UseCase<Input, ChangePlan>;
  readonly actOn: (
    context: ConsoleContext,
    actor: Actor,
    input: Input,
    confirmation: Confirmation,
  ) => Promise<Result<Value>>;
};

/** A change whose input came from the journal. */
export type StoredChange = {
  readonly kind: string;
  readonly plan: (context: ConsoleContext, actor: Actor, input: unknown) => Promise<Result<ChangePlan>>;
  readonly act: (
    context: ConsoleContext,
    actor: Actor,
    input: unknown,
    confirmation: Confirmation,
  ) => Promise<Result<ChangeMade>>;
  readonly wayBack: (entry: KeptEntry) => WayBack;
  readonly cli: (input: unknown, options: ClusterOptions) => string | null;
};

/** Declares a kind of change. Nothing else in the console changes a cluster. */
export function defineChange<Input extends { readonly cluster: string }, Value>(
  definition: ChangeDefinition<Input, Value>,
): Change<Input, Value> {
  return {
    ...definition,
    planIt: (context, actor, input) => plan(definition, context, actor, input),
    actOn: async (context, actor, input, confirmation) => {
      const made = await act(definition, { context, actor, input, confirmation });
      return made.ok ? succeed(made.value.value) : made;
    },
  };
}

/** The change for callers that do not know its types: it parses what it is given. */
export function storedChange<Input extends { readonly cluster: string }, Value>(
  change: Change<Input, Value>,
): StoredChange {
  return {
    kind: change.kind,
    plan: async (context, actor, input) => {
      const parsed = parse(change, input);
      return parsed.ok ? change.planIt(context, actor, parsed.value) : parsed;
    },
    act: async (context, actor, input, confirmation) => {
      const parsed = parse(change, input);
      return parsed.ok ? act(change, { context, actor, input: parsed.value, confirmation }) : parsed;
    },
    wayBack: (entry) => {
      const input = z.safeParse(change.input, entry.input);
      if (!input.success) return { irreversible: "This console does not know the form in which it was written down." };
      return change.revert(entry, input.data);
    },
    cli: (input, options) =>
      commandsOf(change, options, { input: z.parse(change.input, input), before: {}, after: {}, told: {} }).cli,
  };
}

function parse<Input>(
  { kind, input: contract }: { readonly kind: string; readonly input: z.core.$ZodType<Input> },
  input: unknown,
): Result<Input> {
  const parsed = z.safeParse(contract, input);
  return parsed.success
    ? succeed(parsed.data)
    : fail(inputProblem(parsed.error, `The console cannot take this input of ${kind}`));
}

/** The name of a change in lists: "Create topic orders". */
function titleOf<Input, Value>({ verb, target }: ChangeDefinition<Input, Value>, input: Input): string {
  return `${verb(input)} ${target(input).name}`;
}

function plan<Input extends { readonly cluster: string }, Value>(
  definition: ChangeDefinition<Input, Value>,
  context: ConsoleContext,
  actor: Actor,
  input: Input,
): Promise<Result<ChangePlan>> {
  const title = definition.failed(input);
  return enter({ context, actor, cluster: input.cluster, access: "read", title }, async (scope) => {
    const planned = await definition.plan(scope, input, title);
    if (!planned.ok) return planned;
    const { before, after, impact, problems } = planned.value;
    const { options } = scope.cluster;
    const wayBack = definition.revert(
      { ...entryOf(definition, scope, input), id: 0, revertedBy: null, before, after },
      input,
    );
    return succeed({
      kind: definition.kind,
      title: titleOf(definition, input),
      target: definition.target(input),
      before,
      after,
      impact: [...impact].sort((a, b) => severityRank[a.severity] - severityRank[b.severity]),
      problems: [...problems],
      fingerprint: rememberedFingerprint(definition, scope, input, planned.value),
      ...commandsOf(definition, options, { input, before, after, told: planned.value }),
      irreversible: "irreversible" in wayBack && wayBack.isHarmless !== true ? wayBack.irreversible : null,
    });
  });
}

type Made<Input> = {
  readonly input: Input;
  readonly before: ChangeFacts;
  readonly after: ChangeFacts;
  readonly told: Commands;
};

/** The same as a command and as a program, as they run on this cluster: with what it takes to log in. */
function commandsOf<Input, Value>(
  definition: ChangeDefinition<Input, Value>,
  options: ClusterOptions,
  { input, before, after, told }: Made<Input>,
): Pick<ChangePlan, "cli" | "code"> {
  const { bootstrap } = options;
  const login = loginOf(options);
  const cli = told.cli ?? definition.cli?.(input, bootstrap, after, before) ?? null;
  const code = told.code ?? definition.code?.(input, bootstrap, after) ?? null;
  return { cli: cli && withLogin(cli, login), code: code && programWithLogin(code, login) };
}

const severityRank = { critical: 0, warning: 1, info: 2 } as const;

type Attempt<Input> = {
  readonly context: ConsoleContext;
  readonly actor: Actor;
  readonly input: Input;
  readonly confirmation: Confirmation;
};

/** Makes the change and writes it down, also when it was refused or failed. */
async function act<Input extends { readonly cluster: string }, Value>(
  definition: ChangeDefinition<Input, Value>,
  { context, actor, input, confirmation }: Attempt<Input>,
): Promise<Result<ChangeMade & { readonly value: Value }>> {
  const title = definition.failed(input);
  const startedMs = performance.now();
  let entry: NewEntry | undefined;
  const result = await enter({ context, actor, cluster: input.cluster, access: "write", title }, async (scope) => {
    entry = entryOf(definition, scope, input);
    const stale = await staleness(definition, scope, input, confirmation.fingerprint);
    return stale.ok ? definition.act(scope, input, title) : stale;
  });
  const cluster = context.clusters.get(input.cluster);
  if (cluster === undefined) return result.ok ? succeed(madeOf(result.value, null)) : result;
  entry ??= entryOf(definition, { context, actor, cluster }, input);
  const { fingerprint = null, reverts = null } = confirmation;
  const durationMs = Math.round(performance.now() - startedMs);
  const outcome = outcomeOf(result);
  const told: Commands = result.ok ? result.value : {};
  const commands = commandsOf(definition, cluster.options, { ...outcome, input, told });
  const written = writeDown(context, { ...entry, ...outcome, ...commands, fingerprint, reverts, durationMs });
  return result.ok ? succeed(madeOf(result.value, written)) : result;
}

function madeOf<Value>({ value, summary, jobId }: Done<Value>, entry: number | null) {
  return { value, summary, jobId: jobId ?? null, entry };
}

/** Plans anew, and refuses with the difference when the plan that was confirmed does not hold any more. */
async function staleness<Input extends { readonly cluster: string }, Value>(
  definition: ChangeDefinition<Input, Value>,
  scope: Scope,
  input: Input,
  fingerprint: string | undefined,
): Promise<Result<null>> {
  if (fingerprint === undefined) return succeed(null);
  const title = definition.failed(input);
  const planned = await definition.plan(scope, input, title);
  if (!planned.ok) return planned;
  if (fingerprintOf(definition, input, planned.value) === fingerprint) return succeed(null);
  const { name } = definition.target(input);
  const facts = scope.context.engine.plannedStates.difference(fingerprint, stateOf(planned.value));
  const detail = `${name} is not as it was when the plan was shown: it was changed meanwhile, or deleted and made anew.`;
  return fail(
    problem({ code: "changed-meanwhile", title, detail, suggestion: "Look at the impact again, then decide.", facts }),
  );
}

function rememberedFingerprint<Input, Value>(
  definition: ChangeDefinition<Input, Value>,
  { context }: Scope,
  input: Input,
  planned: Planned,
): string {
  const fingerprint = fingerprintOf(definition, input, planned);
  context.engine.plannedStates.remember(fingerprint, stateOf(planned));
  return fingerprint;
}

function fingerprintOf<Input, Value>({ kind }: ChangeDefinition<Input, Value>, input: Input, planned: Planned): string {
  return planned.fingerprint ?? digest(JSON.stringify([kind, input, inOrder(stateOf(planned))]));
}

function inOrder(facts: ChangeFacts): [string, string | null][] {
  return Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1));
}

function stateOf({ state, before }: Planned): ChangeFacts {
  return state ?? before;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}

function entryOf<Input extends { readonly cluster: string }, Value>(
  definition: ChangeDefinition<Input, Value>,
  { actor }: Scope,
  input: Input,
): NewEntry {
  return {
    atMs: Date.now(),
    durationMs: 0,
    actor: actor.name,
    cluster: input.cluster,
    kind: definition.kind,
    title: titleOf(definition, input),
    target: definition.target(input),
    summary: "",
    outcome: "done",
    input: definition.keptInput?.(input) ?? input,
    before: {},
    after: {},
    problem: null,
    cli: null,
    code: null,
    fingerprint: null,
    jobId: null,
    reverts: null,
  };
}

/** Refused before the cluster was asked to change anything, by the console or by its own rights. */
const REFUSED: readonly ProblemCode[] = ["changed-meanwhile", "not-authorised", "invalid-input", "not-possible"];

function outcomeOf(
  result: Result<Done<unknown>>,
): Pick<NewEntry, "outcome" | "summary" | "before" | "after" | "problem" | "jobId"> {
  if (!result.ok) {
    const outcome: ChangeOutcome = REFUSED.includes(result.problem.code) ? "refused" : "failed";
    return { outcome, summary: result.problem.detail, before: {}, after: {}, problem: result.problem, jobId: null };
  }
  const { before, after, summary, jobId } = result.value;
  return {
    outcome: jobId === undefined ? "done" : "started",
    summary,
    before,
    after,
    problem: null,
    jobId: jobId ?? null,
  };
}

/** The entry's number. What was done stands even when it cannot be written down: then the log has it. */
function writeDown({ engine, log }: ConsoleContext, entry: NewEntry): number | null {
  const { kind, actor, cluster, target, outcome } = entry;
  const fields = { kind, actor, cluster, target: target.name, outcome, code: entry.problem?.code };
  if (entry.problem === null) log.info(fields, "changed");
  else log.warn(fields, "change refused");
  try {
    return engine.journal.append(entry).id;
  } catch (error) {
    log.error(
      { ...fields, error: error instanceof Error ? error.message : String(error) },
      "the journal could not be written",
    );
    return null;
  }
}
