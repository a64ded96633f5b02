import {
  type ASTNode,
  Environment,
  EvaluationError,
  ParseError,
  TypeError as CelTypeError,
} from "@marcbachmann/cel-js";
import { childrenOf } from "./cel-nodes.ts";
import { checkRegularExpression, findsRegularExpression } from "./regular-expression.ts";
import { usedPaths, type UsedPaths } from "./used-paths.ts";

/** Longer expressions are refused: what people write is a line or two. */
const TEXT_CHARACTERS_MAX = 4_000;
/** What is inside of another macro runs once an element, and once an element's element. */
const MACRO_DEPTH_MAX = 2;
const MACROS: ReadonlySet<string> = new Set(["all", "exists", "exists_one", "map", "filter"]);

/** What is wrong with an expression, and from where to where (UTF-16 units, `end` exclusive). */
export type ExpressionFault = { readonly message: string; readonly start: number; readonly end: number };

/** The parts of a record as an expression sees them. */
export type ExpressionRecord = {
  key: unknown;
  value: unknown;
  headers: Record<string, unknown>;
  topic: string;
  partition: bigint;
  offset: bigint;
  timestamp: Date;
};

/** An expression that is sound. */
export type Expression = {
  readonly tree: ASTNode;
  /** Which parts of a record it looks at. */
  readonly used: UsedPaths;
  /** Whether it holds for a record. Throws EvaluationError when it cannot be told: a field is missing, or of another type. */
  readonly holds: (record: ExpressionRecord) => boolean;
};

/** RE2 under a name of its own: the library's `matches` uses JavaScript's regular expressions, which can take for ever. */
const RE2_MATCHES = "re2Matches";

const environment = new Environment({
  homogeneousAggregateLiterals: false,
  enableOptionalTypes: true,
  limits: { maxAstNodes: 500, maxDepth: 40, maxListElements: 500, maxMapEntries: 100, maxCallArguments: 16 },
})
  .registerVariable("key", "dyn")
  .registerVariable("value", "dyn")
  .registerVariable("headers", "map<string, dyn>")
  .registerVariable("topic", "string")
  .registerVariable("partition", "int")
  .registerVariable("offset", "int")
  .registerVariable("timestamp", "google.protobuf.Timestamp")
  .registerFunction(`string.${RE2_MATCHES}(string): bool`, findsRegularExpression)
  .registerFunction(`${RE2_MATCHES}(string, string): bool`, findsRegularExpression);

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
};
// A JSON number is an int or a double by its own look, so `value.amount * 2` must work for both.
for (const [sign, compute] of Object.entries(arithmetic)) {
  environment
    .registerOperator(`double ${sign} int`, (a: number, b: bigint) => compute(a, Number(b)))
    .registerOperator(`int ${sign} double`, (a: bigint, b: number) => compute(Number(a), b));
}

/** Reads a CEL expression, or says where it is wrong. */
export function compileExpression(
  text: string,
): { readonly ok: true; readonly expression: Expression } | { readonly ok: false; readonly fault: ExpressionFault } {
  if (text.length > TEXT_CHARACTERS_MAX) {
    const message = `An expression has at most ${TEXT_CHARACTERS_MAX} characters.`;
    return { ok: false, fault: { message, start: TEXT_CHARACTERS_MAX, end: text.length } };
  }
  try {
    const parsed = environment.parse(text);
    const fault = refine(parsed.ast, 0);
    if (fault) return { ok: false, fault };
    const { valid, type, error } = parsed.check();
    if (!valid) throw error ?? new Error("the check names no fault");
    if (type !== "bool" && type !== "dyn") {
      const message = `This gives ${typeWord(type)}, an expression must be true or false.`;
      return { ok: false, fault: { message, start: 0, end: text.length } };
    }
    return {
      ok: true,
      expression: { tree: parsed.ast, used: usedPaths(parsed.ast), holds: (record) => truth(parsed(record)) },
    };
  } catch (error) {
    if (!isCelError(error)) throw error;
    const { start, end } = error.range ?? { start: 0, end: text.length };
    return { ok: false, fault: { message: wordsOf(error), start, end: Math.max(end, start + 1) } };
  }
}

/** What an evaluation failed by, in words; undefined for what is no evaluation's failure. */
export function evaluationFault(error: unknown): string | undefined {
  return isCelError(error) ? wordsOf(error) : undefined;
}

function isCelError(error: unknown): error is ParseError | CelTypeError | EvaluationError {
  return error instanceof ParseError || error instanceof CelTypeError || error instanceof EvaluationError;
}

function wordsOf({ code, summary }: ParseError | CelTypeError | EvaluationError): string {
  if (code === "unexpected_token" && summary.endsWith("EOF"))
    return "The expression ends here, and something is missing.";
  return summary.replaceAll(RE2_MATCHES, "matches");
}

function typeWord(type: string | undefined): string {
  return type === undefined ? "nothing" : `a value of type ${type}`;
}

function truth(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new EvaluationError({ code: "not_a_boolean", message: "The expression gives neither true nor false." });
}

/** Puts RE2 in the place of the library's regular expressions, and refuses what could take too long. */
function refine(node: ASTNode, macroDepth: number): ExpressionFault | undefined {
  let depth = macroDepth;
  if (node.op === "call" || node.op === "rcall") {
    const name = node.args[0];
    if (name === "matches") {
      node.args[0] = RE2_MATCHES;
      const pattern = (node.op === "call" ? node.args[1] : node.args[2]).at(-1);
      const fault = pattern?.op === "value" && typeof pattern.args === "string" && checkRegularExpression(pattern.args);
      if (fault && pattern) return { message: fault, start: pattern.start, end: pattern.end };
    }
    if (node.op === "rcall" && MACROS.has(name)) depth += 1;
    if (depth > MACRO_DEPTH_MAX) {
      const message = `Macros inside of macros may be ${MACRO_DEPTH_MAX} deep: more would take too long on long lists.`;
      return { message, start: node.start, end: node.end };
    }
  }
  for (const child of childrenOf(node)) {
    const fault = refine(child, depth);
    if (fault) return fault;
  }
  return undefined;
}
