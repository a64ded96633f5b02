import { describe, expect, test } from "vitest";
import { compileExpression, type ExpressionRecord } from "./expression.ts";
import { necessaryOf } from "./necessary.ts";

const record: ExpressionRecord = {
  key: "k1",
  value: { amount: 250.5, count: 3n, id: 9_007_199_254_740_993n, name: "Bob", items: [{ sku: "a" }, { sku: "b" }] },
  headers: { trace: "abc" },
  topic: "orders",
  partition: 3n,
  offset: 88_010_209n,
  timestamp: new Date("2026-11-22T09:41:07Z"),
};

function compiled(text: string) {
  const result = compileExpression(text);
  if (!result.ok) throw new Error(result.fault.message);
  return result.expression;
}

const faultOf = (text: string) => {
  const result = compileExpression(text);
  return result.ok ? undefined : result.fault;
};

describe("an expression", () => {
  test.each([
    ["value.amount > 250", true],
    ["value.count == 3.0 && value.count == 3", true],
    ["value.amount * 2 > 500 && value.count + 0.5 < 4", true],
    ["value.id == 9007199254740993", true],
    ["value.id == 9007199254740992", false],
    ['value.name.matches("^B.b$") && !matches(value.name, "z")', true],
    ['value.items.exists(x, x.sku == "b")', true],
    ["has(value.missing) || value.count % 2 == 1", true],
    ['headers["trace"] == "abc" && headers.trace.startsWith("a")', true],
    ['timestamp > timestamp("2026-11-22T09:00:00Z") && offset >= 88010209 && partition in [1, 3]', true],
    ['topic == "payments"', false],
    ["value.?missing.orValue(0) == 0", true],
  ])("%s is %s", (text, expected) => expect(compiled(text).holds(record)).toBe(expected));

  test("that asks for a field that is missing fails instead of being false", () => {
    expect(() => compiled("value.amout > 1").holds(record)).toThrow("No such key: amout");
    expect(() => compiled("value.name > 1").holds(record)).toThrow("no such overload");
    expect(() => compiled("value.name").holds(record)).toThrow("neither true nor false");
  });

  test.each([
    ["value.amount >", "The expression ends here, and something is missing.", 14],
    ["foo > 1", "Unknown variable: foo", 0],
    ['value.name == "abc', "Unterminated string", 14],
    ["offset + 1", "This gives a value of type int, an expression must be true or false.", 0],
    ['key.matches("(")', "This is no regular expression of RE2", 12],
    ["[1].all(a, [1].all(b, [1].all(c, a > b)))", "Macros inside of macros", 22],
  ])("%s is refused where it is wrong", (text, message, start) => {
    expect(faultOf(text)?.message).toContain(message);
    expect(faultOf(text)?.start).toBe(start);
  });

  test("is refused when it is too long, too deep or too wide", () => {
    expect(faultOf(`key == "${"x".repeat(5_000)}"`)?.message).toContain("at most 4000 characters");
    expect(faultOf(`${"(".repeat(100)}true${")".repeat(100)}`)).toBeDefined();
    expect(faultOf(Array.from({ length: 600 }, () => "true").join(" && "))).toBeDefined();
  });

  test("a regular expression of death takes no time", () => {
    const evil = { ...record, value: { name: `${"a".repeat(20_000)}!` } };
    expect(compiled('value.name.matches("^(a+)+$")').holds(evil)).toBe(false);
  });
});

describe("what a record needs before it is decoded", () => {
  const needs = (text: string) => necessaryOf(compiled(text).tree);
  const passes = (text: string, bytes: string) => {
    const patterns = needs(text).bytes;
    const buffer = Buffer.from(bytes);
    return patterns === null || patterns.some((pattern) => pattern.indexIn(buffer, 0, buffer.length) >= 0);
  };

  test.each([
    ['value.name == "needle"', '{"name":"needle"}', '{"name":"other"}'],
    ['value.a.contains("needle") && value.n > 3', '{"a":"a needle"}', '{"a":"none","n":4}'],
    ['value.a == "one" || key.startsWith("two")', "two", "three"],
    ['value.a in ["one", "two"]', '{"a":"two"}', '{"a":"three"}'],
    ['value.a.lowerAscii() == "needle"', '{"a":"NeeDLE"}', '{"a":"NeeD"}'],
    ["has(value.error)", '{"error":1}', '{"err":1}'],
    ['value.a == "a/long \\"literal\\""', '{"a":"a\\/long \\"literal\\""}', "{}"],
  ])("%s needs its literal", (text, good, bad) => {
    expect(passes(text, good)).toBe(true);
    expect(passes(text, bad)).toBe(false);
  });

  test("JSON may write a character as an escape, so what has one is decoded", () => {
    expect(passes('value.name == "Zoë"', String.raw`{"name":"Zo\u00eb"}`)).toBe(true);
  });

  test.each([
    '!(value.a == "x1")',
    'value.a != "x1"',
    'value.a == "x1" || value.b > 1',
    "value.n > 3",
    'string(value.n) == "31"',
    'value.a == ""',
  ])("%s needs none", (text) => expect(needs(text).bytes).toBeNull());

  test("key, partitions, offsets and times bound what is read", () => {
    expect(needs('key == "k" && value.x > 1').key).toBe("k");
    expect(needs('key == "k" || value.x > 1').key).toBeNull();
    expect(needs("partition in [1, 2] && 5 <= offset && offset < 10")).toMatchObject({
      partitions: [1, 2],
      fromOffset: 5,
      toOffset: 10,
    });
    const [from, to] = ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"];
    expect(needs(`timestamp >= timestamp("${from}") && timestamp < timestamp("${to}")`)).toMatchObject({
      fromMs: Date.parse(from),
      toMs: Date.parse(to) - 1,
    });
  });

  test("only the fields that are asked for are taken out of a record", () => {
    expect(compiled('value.a.b == 1 && value["c"].size() > 0 && key == "x" && value.list[0].d == 2').used).toEqual({
      key: [[]],
      value: [["a", "b"], ["c"], ["list"]],
      headers: false,
    });
  });
});
