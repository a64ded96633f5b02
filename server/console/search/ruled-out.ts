import type { ASTNode } from "@marcbachmann/cel-js";
import { pathOf } from "./cel-nodes.ts";

/** Whether JSON bytes from `start` to `end` show that an expression does not hold, without anything being made of them. False means nothing. */
export type RuledOut = (bytes: Buffer, start: number, end: number) => boolean;

/** Names in which JSON writes every character as it is, or as \uXXXX. */
const plainName = /^[\w$ .:-]+$/;

type Compare = (own: number, other: number) => boolean;

const comparisons: Readonly<Record<string, Compare>> = {
  "<": (own, other) => own < other,
  "<=": (own, other) => own <= other,
  ">": (own, other) => own > other,
  ">=": (own, other) => own >= other,
  "==": (own, other) => own === other,
};
const flipped: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==" };

/**
 * Finds what of an expression can be told from a value's bytes: a field compared with a number. A record is ruled out when the field's name is
 * in it once, in its place, with a number for which the comparison does not hold; then the expression neither holds nor fails. Whatever is not
 * plain (a name that may be escaped or is there twice, a number of many digits or with an exponent) is left to be decoded. What follows the
 * field is not looked at, so JSON that is broken behind it is not counted as a failure. Undefined when nothing can be told.
 */
export function ruledOutBy(node: ASTNode): RuledOut | undefined {
  switch (node.op) {
    case "&&": {
      const [left, right] = [ruledOutBy(node.args[0]), ruledOutBy(node.args[1])];
      if (left === undefined || right === undefined) return left ?? right;
      return (bytes, start, end) => left(bytes, start, end) || right(bytes, start, end);
    }
    case "||": {
      const [left, right] = [ruledOutBy(node.args[0]), ruledOutBy(node.args[1])];
      return left && right && ((bytes, start, end) => left(bytes, start, end) && right(bytes, start, end));
    }
    case "<":
    case "<=":
    case ">":
    case ">=":
    case "==": {
      const [left, right] = node.args;
      return byComparison(left, node.op, right) ?? byComparison(right, flipped[node.op] ?? "", left);
    }
    default:
      return undefined;
  }
}

function byComparison(field: ASTNode, sign: string, operand: ASTNode): RuledOut | undefined {
  const [root, ...path] = pathOf(field) ?? [];
  const limit = numberOf(operand);
  const compare = comparisons[sign];
  if (root !== "value" || path.length === 0 || limit === undefined || compare === undefined) return undefined;
  if (!path.every((name) => plainName.test(name))) return undefined;
  const names = path.map((name) => Buffer.from(`"${name}"`));
  return (bytes, start, end) => {
    const number = plainNumberAt(bytes, start, end, names);
    return number !== undefined && !compare(number, limit);
  };
}

function numberOf(node: ASTNode): number | undefined {
  if (node.op === "-_") {
    const number = numberOf(node.args);
    return number === undefined ? undefined : -number;
  }
  if (node.op !== "value" || (typeof node.args !== "number" && typeof node.args !== "bigint")) return undefined;
  const number = Number(node.args);
  return typeof node.args === "bigint" && !Number.isSafeInteger(number) ? undefined : number;
}

/** The number at the end of a path, when there is no doubt of it. */
function plainNumberAt(bytes: Buffer, start: number, end: number, names: readonly Buffer[]): number | undefined {
  const value = bytes.subarray(start, end);
  const name = names.at(-1);
  if (name === undefined) return undefined;
  const at = value.indexOf(name);
  if (at < 0 || value.indexOf(name, at + name.length) >= 0) return undefined;
  // An escaped name would be another that counts.
  const escape = value.indexOf(BACKSLASH);
  if (escape >= 0 && value.indexOf(UNICODE_ESCAPE, escape) >= 0) return undefined;
  if (!isInPlace(value, at, names)) return undefined;
  const colon = spaceEnd(value, at + name.length);
  return value[colon] === COLON ? plainNumber(value, spaceEnd(value, colon + 1)) : undefined;
}

/** Whether the last name of a path, at `target`, is a member where the path leads. */
function isInPlace(value: Buffer, target: number, names: readonly Buffer[]): boolean {
  let depth = 0;
  /** Names of the path in whose objects this is. */
  let entered = 0;
  let at = spaceEnd(value, 0);
  if (value[at] !== OBJECT) return false;
  while (at < target) {
    const byte = value[at];
    if (byte === QUOTE) {
      const textEnd = textEndOf(value, at, target);
      const after = spaceEnd(value, textEnd);
      if (value[after] === COLON) {
        const isOwn = depth === entered + 1 && entered < names.length - 1 && isAt(value, at, textEnd, names[entered]);
        at = spaceEnd(value, after + 1);
        if (isOwn && value[at] === OBJECT) entered += 1;
      } else at = textEnd;
      continue;
    }
    if (byte === OBJECT || byte === ARRAY) depth += 1;
    else if (byte === OBJECT_END || byte === ARRAY_END) {
      if (entered > 0 && depth === entered + 1) entered -= 1;
      depth -= 1;
      if (depth <= 0) return false;
    }
    at += 1;
  }
  return at === target && entered === names.length - 1 && depth === names.length;
}

/** Behind the closing quote of a text; behind `target` when that is in it. */
function textEndOf(value: Buffer, start: number, target: number): number {
  for (let at = start + 1; at <= target; at += 1) {
    const byte = value[at];
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) at += 1;
  }
  return target + 1;
}

function isAt(value: Buffer, start: number, end: number, name: Buffer | undefined): boolean {
  return name !== undefined && end - start === name.length && value.compare(name, 0, name.length, start, end) === 0;
}

/** With so many digits, the digits as a whole number and the power of ten are exact, and so is their quotient as JSON.parse has it. */
const DIGITS_MAX = 15;

/** A number without an exponent; undefined for anything else. */
function plainNumber(value: Buffer, start: number): number | undefined {
  let at = start;
  const isNegative = value[at] === MINUS;
  if (isNegative) at += 1;
  let digits = 0;
  let number = 0;
  let scale = 0;
  for (; digits <= DIGITS_MAX; at += 1) {
    const byte = value[at] ?? 0;
    if (byte >= ZERO && byte <= ZERO + 9) {
      number = number * 10 + byte - ZERO;
      digits += 1;
      scale *= 10;
    } else if (byte === POINT && scale === 0 && digits > 0) scale = 1;
    else break;
  }
  const isWhole = digits > 0 && digits <= DIGITS_MAX && value[at - 1] !== POINT;
  if (!isWhole || !isEnd(value[at])) return undefined;
  const size = scale > 1 ? number / scale : number;
  return isNegative ? -size : size;
}

/** What may follow a member's value. */
function isEnd(byte: number | undefined): boolean {
  return byte === COMMA || byte === OBJECT_END || isSpace(byte);
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function spaceEnd(value: Buffer, start: number): number {
  let at = start;
  while (isSpace(value[at])) at += 1;
  return at;
}

const UNICODE_ESCAPE = Buffer.from(String.raw`\u`);
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;
const ARRAY = 0x5b;
const ARRAY_END = 0x5d;
