import type { ASTNode } from "@marcbachmann/cel-js";
import { type BytePattern, exactPattern, foldedPattern, type Prefilter } from "../../client/byte-pattern.ts";
import { pathOf, textOf } from "./cel-nodes.ts";

/** What of an expression can be asked without decoding a record. */
export type Necessary = {
  /** Every record for which the expression holds has one of these among its bytes, when its key and value are JSON or text. */
  readonly bytes: Prefilter;
  /** The key must be this text. */
  readonly key: string | null;
  /** The only partitions it can hold in. */
  readonly partitions: readonly number[] | null;
  /** Offsets from here, to before there. */
  readonly fromOffset: number | null;
  readonly toOffset: number | null;
  /** Timestamps from here, to here. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
};

/** Shorter literals are in every record by chance. */
const LITERAL_CHARACTERS_MIN = 2;
/** JSON may write any character as \uXXXX, so what has that must be decoded. */
const jsonEscape = exactPattern(String.raw`\u`);

/** Finds out what a record needs for the expression to hold. */
export function necessaryOf(tree: ASTNode): Necessary {
  const found = { key: null, partitions: null, fromOffset: null, toOffset: null, fromMs: null, toMs: null };
  const bytes = bytesOf(tree);
  return { ...conjuncts(tree).reduce<Omit<Necessary, "bytes">>(narrow, found), bytes };
}

function conjuncts(node: ASTNode): readonly ASTNode[] {
  return node.op === "&&" ? node.args.flatMap(conjuncts) : [node];
}

type Bounds = Omit<Necessary, "bytes">;

function narrow(bounds: Bounds, node: ASTNode): Bounds {
  const comparison = comparisonOf(node);
  if (comparison === undefined) return bounds;
  const { name, sign, operand } = comparison;
  switch (name) {
    case "key": {
      const text = textOf(operand);
      return sign === "==" && text !== undefined ? { ...bounds, key: text } : bounds;
    }
    case "partition": {
      const numbers = numbersOf(operand);
      return (sign === "==" || sign === "in") && numbers ? { ...bounds, partitions: numbers } : bounds;
    }
    case "offset": {
      const [number] = operand.op === "value" ? (numbersOf(operand) ?? []) : [];
      return number === undefined ? bounds : narrowed(bounds, "Offset", sign, number);
    }
    case "timestamp": {
      const timeMs = timeOf(operand);
      return timeMs === undefined ? bounds : narrowed(bounds, "Ms", sign, timeMs);
    }
    default:
      return bounds;
  }
}

/** `from` is the first allowed; `toOffset` the first that is not, `toMs` the last allowed. */
function narrowed(bounds: Bounds, of: "Offset" | "Ms", sign: string, value: number): Bounds {
  const from = sign === ">" ? value + 1 : sign === ">=" || sign === "==" ? value : null;
  const after = of === "Offset" ? 1 : 0;
  const to = sign === "<" ? value - 1 + after : sign === "<=" || sign === "==" ? value + after : null;
  const most = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : Math.max(a, b));
  const least = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : Math.min(a, b));
  if (of === "Offset")
    return { ...bounds, fromOffset: most(bounds.fromOffset, from), toOffset: least(bounds.toOffset, to) };
  return { ...bounds, fromMs: most(bounds.fromMs, from), toMs: least(bounds.toMs, to) };
}

const flipped: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==" };

/** A variable compared with something, the variable at the left. */
function comparisonOf(
  node: ASTNode,
): { readonly name: string; readonly sign: string; readonly operand: ASTNode } | undefined {
  if (node.op === "in" && node.args[0].op === "id")
    return { name: node.args[0].args, sign: "in", operand: node.args[1] };
  if (node.op !== "==" && node.op !== "<" && node.op !== "<=" && node.op !== ">" && node.op !== ">=") return undefined;
  const [left, right] = node.args;
  if (left.op === "id") return { name: left.args, sign: node.op, operand: right };
  if (right.op === "id") return { name: right.args, sign: flipped[node.op] ?? "", operand: left };
  return undefined;
}

function numbersOf(node: ASTNode): readonly number[] | undefined {
  const values = node.op === "list" ? node.args : [node];
  const numbers = values.map((one) =>
    one.op === "value" && (typeof one.args === "bigint" || typeof one.args === "number")
      ? Number(one.args)
      : Number.NaN,
  );
  return numbers.every((number) => Number.isSafeInteger(number)) ? numbers : undefined;
}

function timeOf(node: ASTNode): number | undefined {
  if (node.op !== "call" || node.args[0] !== "timestamp") return undefined;
  const text = textOf(node.args[1][0]);
  const timeMs = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(timeMs) ? undefined : timeMs;
}

function bytesOf(node: ASTNode): Prefilter {
  switch (node.op) {
    case "&&": {
      const [left, right] = [bytesOf(node.args[0]), bytesOf(node.args[1])];
      if (left === null || right === null) return left ?? right;
      return rarity(left) >= rarity(right) ? left : right;
    }
    case "||": {
      const [left, right] = [bytesOf(node.args[0]), bytesOf(node.args[1])];
      return left === null || right === null ? null : distinct([...left, ...right]);
    }
    case "==": {
      const [left, right] = node.args;
      return literal(left, textOf(right)) ?? literal(right, textOf(left));
    }
    case "in": {
      const list = node.args[1];
      if (list.op !== "list" || list.args.length === 0) return null;
      const each = list.args.map((one) => literal(node.args[0], textOf(one)));
      return each.includes(null) ? null : distinct(each.flatMap((one) => one ?? []));
    }
    case "call": {
      const path = node.args[0] === "has" ? node.args[1][0] && pathOf(node.args[1][0]) : undefined;
      return path && isOfBytes(path) ? patternsOf(path.at(-1) ?? "", exactPattern) : null;
    }
    case "rcall": {
      const [name, receiver, [argument]] = node.args;
      const isSearch = name === "contains" || name === "startsWith" || name === "endsWith";
      return isSearch ? literal(receiver, textOf(argument)) : null;
    }
    default:
      return null;
  }
}

/** The bytes that a field has when its text has the literal in it. */
function literal(field: ASTNode, text: string | undefined): Prefilter {
  if (text === undefined) return null;
  const isCased = field.op === "rcall" && (field.args[0] === "lowerAscii" || field.args[0] === "upperAscii");
  const path = pathOf(isCased ? field.args[1] : field);
  return path && isOfBytes(path) ? patternsOf(text, isCased ? foldedPattern : exactPattern) : null;
}

function isOfBytes([root, ...names]: readonly [string, ...string[]]): boolean {
  return root === "key" || root === "value" || (root === "headers" && names.length === 1);
}

/** JSON writes some characters as two; the longest part without them is as it is. */
function patternsOf(text: string, pattern: (text: string) => BytePattern): Prefilter {
  // oxlint-disable-next-line no-control-regex
  const parts = text.split(/["\\/\u0000-\u001f\u007f]|[\ud800-\udfff]/);
  const longest = parts.reduce((best, part) => (part.length > best.length ? part : best), "");
  return longest.length < LITERAL_CHARACTERS_MIN ? null : [pattern(longest), jsonEscape];
}

function rarity(patterns: readonly BytePattern[]): number {
  return Math.min(...patterns.filter((one) => one !== jsonEscape).map(({ length }) => length));
}

function distinct(patterns: readonly BytePattern[]): readonly BytePattern[] {
  return [...new Set(patterns)];
}
