import { expect, test } from "vitest";
import { hexOf, isJsonDocument } from "@/lib/decode-payload";

test("hexOf writes two digits a byte", () => expect(hexOf(new Uint8Array([1, 171]))).toBe("01ab"));

test("a document too large to parse is JSON by its first character", () => {
  expect(isJsonDocument(`{"a":"${"x".repeat(300_000)}`)).toBe(true);
});
