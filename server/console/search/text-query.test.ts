import { describe, expect, test } from "vitest";
import { exactPattern, foldedPattern, PrefilterCursor } from "../../client/byte-pattern.ts";
import { textTerms } from "./text-query.ts";

const isFound = (term: ReturnType<typeof textTerms>[number] | undefined, text: string) => {
  const bytes = Buffer.from(text);
  return term?.forms.some((form) => form.indexIn(bytes, 0, bytes.length) >= 0) ?? false;
};

describe("plain text", () => {
  test("is cut into words, phrases, places and exclusions", () => {
    const terms = textTerms('refund "Order 42" -test header:trace value:"a \\" b"');
    expect(terms.map(({ place, isExcluded }) => [place, isExcluded])).toEqual([
      ["anywhere", false],
      ["anywhere", false],
      ["anywhere", true],
      ["header", false],
      ["value", false],
    ]);
    expect(isFound(terms[0], "a REFUNDED order")).toBe(true);
    expect(isFound(terms[1], "order 42")).toBe(false);
    expect(isFound(terms[1], "My Order 42!")).toBe(true);
    expect(isFound(terms[4], 'a " b')).toBe(true);
  });

  test("is found as JSON writes it too", () => {
    expect(isFound(textTerms("Zoë")[0], String.raw`{"n":"Zo\u00eb"}`)).toBe(true);
    expect(isFound(textTerms("zoë")[0], "ZOË")).toBe(true);
    expect(isFound(textTerms('"say \\"hi\\""')[0], String.raw`{"n":"say \"hi\""}`)).toBe(true);
  });

  test("a quote that is not closed is a word", () => expect(isFound(textTerms('5"')[0], 'a 5" pipe')).toBe(true));
});

describe("finding bytes", () => {
  test("whatever their case, at every place", () => {
    const text = "xxAbCxxabcABC";
    const bytes = Buffer.from(text);
    const found: number[] = [];
    const pattern = foldedPattern("aBc");
    for (let at = pattern.indexIn(bytes, 0, bytes.length); at >= 0; at = pattern.indexIn(bytes, at + 1, bytes.length))
      found.push(at);
    expect(found).toEqual([2, 7, 10]);
    expect(pattern.indexIn(bytes, 0, 4)).toBe(-1);
    expect(foldedPattern("c").indexIn(bytes, 0, bytes.length)).toBe(4);
  });

  test("several patterns are one row of hits", () => {
    const bytes = Buffer.from("..b...a..b");
    const cursor = new PrefilterCursor([exactPattern("a"), exactPattern("b")]);
    cursor.open(bytes, 0, bytes.length);
    expect([cursor.next(0), cursor.next(3), cursor.next(7), cursor.next(10)]).toEqual([
      2,
      6,
      9,
      Number.POSITIVE_INFINITY,
    ]);
  });
});
