import { describe, expect, test } from "vitest";
import { formatOffsetsFile, parseOffsetsFile } from "@/lib/offsets-file";

describe("a file of offsets", () => {
  test("is read as kafka-consumer-groups writes it, and written so again", () => {
    const text = "orders,0,120\norders,10,7\norders,2,0\npayments,0,9007199254740993";
    const { offsets, faults } = parseOffsetsFile(`# mine\n${text}\r\n\n`);
    expect(faults).toEqual([]);
    expect(offsets).toEqual({ orders: { "0": "120", "10": "7", "2": "0" }, payments: { "0": "9007199254740993" } });
    expect(formatOffsetsFile(offsets).split("\n").sort()).toEqual(text.split("\n").sort());
    expect(formatOffsetsFile(offsets).split("\n")[1]).toBe("orders,2,0");
  });

  test("names topics whatever they are called", () => {
    const text = "__proto__,0,1\nconstructor,0,1\nconstructor,1,2\ntoString,0,3";
    const { offsets, faults } = parseOffsetsFile(text);
    expect(faults).toEqual([]);
    expect(Object.keys(offsets)).toEqual(["__proto__", "constructor", "toString"]);
    expect(formatOffsetsFile(offsets)).toBe(text);
    expect(Object.hasOwn(Object, "0")).toBe(false);
  });

  test("says which lines it cannot take", () => {
    const { faults } = parseOffsetsFile('orders,0\n"orders","1","4"\norders,1,5\norders,-1,5\nsome topic,0,1');
    expect(faults).toEqual([
      "Line 1 is not topic,partition,offset: orders,0",
      "Line 3 names orders partition 1 a second time.",
      "Line 4 is not topic,partition,offset: orders,-1,5",
      "Line 5 is not topic,partition,offset: some topic,0,1",
    ]);
  });

  test("leaves out what is to be deleted", () => {
    expect(formatOffsetsFile({ orders: { "0": null, "1": "3" } })).toBe("orders,1,3");
  });
});
