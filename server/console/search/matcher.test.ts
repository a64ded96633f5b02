import { afterEach, expect, test } from "vitest";
import { setOwnDecoders } from "../decoding/decode.ts";
import { isRefusal } from "../decoding/decoder.ts";
import { ownDecoder } from "../decoding/own/own-decoder.ts";
import { matcherOf } from "./matcher.ts";

afterEach(() => setOwnDecoders([]));

/** Whether a value matches an expression; how it is read may be chosen. */
function isFound(text: string, value: Buffer, choices: Pick<Parameters<typeof matcherOf>[0], "valueAs"> = {}): boolean {
  const record = {
    ...{ offset: 1, timestampMs: 1, keyStart: 0, keyLength: -1, valueStart: 0, valueLength: value.length },
    ...{ headerCount: 0, headers: () => [] },
  };
  const matcher = matcherOf({ language: "cel", text, ...choices });
  matcher.judgeEach();
  return matcher.matches(record, value, { topic: "orders", partition: 0 });
}

test("an expression sees what a decoder reads that was chosen by hand", () => {
  const made = ownDecoder(
    { name: "pair", decode: (bytes: Buffer) => ({ state: bytes.toString().split("|")[1] }) },
    (run) => run(),
  );
  if (isRefusal(made)) throw new Error(made.reason);
  setOwnDecoders([made]);
  const value = Buffer.from("7|paid");
  expect(isFound("value.state == 'paid'", value, { valueAs: "own:pair" })).toBe(true);
  expect(isFound("value == '7|paid'", value)).toBe(true);
  expect(isFound("value == '513'", Buffer.from([0, 0, 2, 1]), { valueAs: "int32" })).toBe(true);
});

test("what the chosen decoder cannot read is seen as if nobody had chosen", () => {
  expect(isFound("value.state == 'paid'", Buffer.from('{"state":"paid"}'), { valueAs: "own:gone" })).toBe(true);
  expect(isFound("value.state == 'paid'", Buffer.from('{"state":"paid"}'), { valueAs: "int32" })).toBe(true);
});
