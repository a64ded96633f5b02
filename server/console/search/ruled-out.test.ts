import { describe, expect, test } from "vitest";
import { compileExpression } from "./expression.ts";
import { matcherOf } from "./matcher.ts";
import { ruledOutBy } from "./ruled-out.ts";

/** What bytes alone say of a value. */
function isRuledOut(text: string, value: string): boolean {
  const compiled = compileExpression(text);
  if (!compiled.ok) throw new Error(compiled.fault.message);
  // It stands between other bytes, as in a batch.
  const bytes = Buffer.from(`"amount":1${value}"amount":1`);
  return ruledOutBy(compiled.expression.tree)?.(bytes, 10, bytes.length - 10) ?? false;
}

const place = { topic: "orders", partition: 0 };

/** Whether a value matches, and fails, with what its bytes say or without. */
function judged(text: string, value: string, isEach: boolean): { matches: boolean; failed: number } {
  const matcher = matcherOf({ language: "cel", text });
  if (isEach) matcher.judgeEach();
  const bytes = Buffer.from(value);
  const record = {
    ...{ offset: 1, timestampMs: 1, keyStart: 0, keyLength: -1, valueStart: 0, valueLength: bytes.length },
    ...{ headerCount: 0, headers: () => [] },
  };
  return { matches: matcher.matches(record, bytes, place), failed: matcher.failed };
}

describe("a record is ruled out by its bytes", () => {
  test.each([
    ["value.amount > 499.9", '{"amount":12}'],
    ["value.amount > 499.9", '{"id":"a","amount": 499.9 ,"b":[1,{"c":2}]}'],
    ["499.9 < value.amount", '\n{ "amount"\t:\n-700.25 }'],
    ["value.amount == 5", '{"amount":5.5}'],
    ["value.amount >= -2", '{"amount":-2.000001}'],
    ["value.amount > 5", String.raw`{"text":"a \"b\" \\ {[","amount":5}`],
    ["value.order.total.amount > 5", '{"amounts":[1],"order":{"id":{"total":1},"total":{"amount":5}}}'],
    ["value['the amount'] > 5", '{"the amount":5}'],
    ["value.amount > 5 && value.state == 'x'", '{"amount":5,"state":"x"}'],
    ["value.amount > 5 || value.other > 5", '{"amount":5,"other":1}'],
  ])("%s of %s", (text, value) => {
    expect(isRuledOut(text, value)).toBe(true);
    expect(judged(text, value, true)).toEqual({ matches: false, failed: 0 });
  });
});

/** Each may lead a reader of bytes astray. */
const hostile = [
  '{"amount":600}',
  '{"amount":499.90000000000001}',
  '{"amount":5e2}',
  '{"amount":5E+2,"x":1}',
  '{"amount":49990e-2}',
  '{"amount":9007199254740993}',
  '{"amount":123456789012345678901234567890}',
  '{"amount":0.00000000000000000001}',
  '{"amount":"600"}',
  '{"amount":null}',
  '{"amount":{"amount":600}}',
  '{"amount":[600]}',
  '{"amount":1,"amount":600}',
  '{"amount":600,"amount":1}',
  String.raw`{"amount":1,"\u0061mount":600}`,
  String.raw`{"\u0061mount":600}`,
  '{"order":{"amount":600},"x":1}',
  '{"order":{"amount":1},"order":{"amount":600}}',
  '{"order":{"amount":1}}',
  '{"order":{"order":{"amount":1}}}',
  '{"order":[{"amount":1}]}',
  '{"other":{"amount":1},"order":{"x":{"amount":1}}}',
  '{"x":{"order":{"amount":1}}}',
  '{"a":"amount"}',
  '{"a":"amount","amount":600}',
  String.raw`{"a":"\"amount\":1","b":2}`,
  String.raw`{"a":"{\"amount\":1}","amount":600}`,
  String.raw`{"a":"\\"amount":1}`,
  String.raw`{"a":"\\","amount":600}`,
  '[{"amount":1}]',
  '"amount":1',
  '{"amount":1',
  '{"amount":600',
  '{"amount":-}',
  '{"amount":1.}',
  '{"amount":.5}',
  '{"amount":--1}',
  '{"amount":1-1}',
  '{"amount" 1}',
  '{"amount":}',
  '{"amount":',
  '{"amount',
  '}{"amount":1}',
  '{}{"amount":1}',
  'text with "amount":1 in it',
  `${"[".repeat(3_000)}{"amount":1}${"]".repeat(3_000)}`,
  `{"deep":${"[".repeat(3_000)}${"]".repeat(3_000)},"amount":600}`,
];

const expressions = [
  "value.amount > 499.9",
  "value.amount >= 500",
  "value.amount < 2",
  "value.amount <= 1.5",
  "value.amount == 600",
  "value.amount == 9007199254740993",
  "value.amount > 9007199254740992",
  "value.order.amount > 499.9",
  "value.order.amount == 1",
  "value.amount > 499.9 || value.order.amount > 499.9",
  "value.amount < 2 && value.amount > 0.5",
];

describe("what bytes say never changes what is found", () => {
  test.each(expressions)("%s", (text) => {
    for (const value of hostile) {
      expect({ value, matches: judged(text, value, false).matches }).toEqual({
        value,
        matches: judged(text, value, true).matches,
      });
    }
  });

  test("nor do numbers as JSON writes them", () => {
    for (let n = 0; n < 3_000; n += 1) {
      const number = ((n * 7_919) % 10_007) / 10 ** (n % 7);
      const value = `{"id":${n},"amount":${n % 2 === 0 ? "-" : ""}${number.toFixed(n % 9)}}`;
      const text = `value.amount > ${n % 3 === 0 ? number : Math.round(number)}`;
      expect({ value, text, ...judged(text, value, false) }).toEqual({ value, text, ...judged(text, value, true) });
    }
  });

  test("nor is a failure left out where the field is missing or of another type", () => {
    for (const value of ['{"x":1}', '{"amount":"600"}', '{"order":{"amount":1}}', "text"]) {
      expect(judged("value.amount > 499.9", value, false)).toEqual({ matches: false, failed: 1 });
    }
  });
});
