import { describe, expect, test } from "vitest";
import { decoderChoice, decoderName } from "../../../../lib/contracts/decoding.ts";
import { decoderLabel } from "../../../../lib/decoder-label.ts";
import { decode, setOwnDecoders } from "../decode.ts";
import { type Decoder, isRefusal, type Payload } from "../decoder.ts";
import { type OwnDecoder, ownDecoder } from "./own-decoder.ts";
import { OwnGuard, ownWatch } from "./own-guard.ts";

const bytes = Buffer.from("A1|42|7");
const payload: Payload = { bytes, isCut: false, topic: "acme.orders", part: "value", key: null };
const made = (exports: Record<string, unknown>): OwnDecoder => {
  const decoder = ownDecoder(exports, (code) => code());
  if (isRefusal(decoder)) throw new Error(decoder.reason);
  return decoder;
};
const one = (): number => 1;
const reading = (decoded: unknown): ReturnType<Decoder["decode"]> =>
  made({ name: "acme", decode: () => decoded }).decode(payload);

describe("a decoder of the operator's own", () => {
  test("is given the bytes, the topic, the headers and the part, and cannot change the record", () => {
    const calls: unknown[] = [];
    const decoder = made({
      name: "acme",
      decode: (given: Buffer, about: unknown) => {
        calls.push([given.toString(), about]);
        given.fill(0);
        return null;
      },
    });
    const headers = [{ key: "type", value: Buffer.from("order") }];
    decoder.decode({ ...payload, headers });
    decoder.decode({ ...payload, part: "key" });
    expect(calls).toEqual([
      ["A1|42|7", { topic: "acme.orders", headers, isKey: false }],
      ["A1|42|7", { topic: "acme.orders", headers: [], isKey: true }],
    ]);
    expect(bytes.toString()).toBe("A1|42|7");
  });

  test.each<[string, unknown, ReturnType<Decoder["decode"]>]>([
    [
      "an object as JSON, exact",
      { id: 9007199254740993n, at: new Date(0) },
      { form: "json", text: '{"id":9007199254740993,"at":"1970-01-01T00:00:00.000Z"}' },
    ],
    ["text as text", "order 42", { form: "text", text: "order 42" }],
    ["text that is JSON as JSON, as it is written", '{"n":1.10}', { form: "json", text: '{"n":1.10}' }],
    ["bytes as hex", Uint8Array.of(0, 255), { form: "bytes", text: "00ff" }],
    ["nothing as a failure", undefined, { reason: "decode returned nothing" }],
    [
      "a promise as a failure",
      Promise.resolve(1),
      { reason: "decode returned a promise; it must return what it read" },
    ],
  ])("shows %s", (_, value, expected) => expect(reading(value)).toEqual(expected));

  test("says what it threw, and what it refuses to take or give", () => {
    const fails = () => {
      throw new Error("no magic byte");
    };
    expect(made({ name: "acme", decode: fails }).decode(payload)).toEqual({ reason: "no magic byte" });
    const loop: { self?: unknown } = {};
    loop.self = loop;
    expect(reading(loop)).toEqual({ reason: "nested deeper than 1000 levels" });
    expect(reading("x".repeat(5_000_000))).toMatchObject({ reason: expect.stringContaining("5000000 characters") });
    const echo = made({ name: "acme", decode: (given: Buffer): number => given.length });
    const large = Buffer.alloc(1024 * 1024 + 1);
    expect(echo.decode({ ...payload, bytes: large })).toEqual({ reason: "larger than 1 MiB" });
    expect(echo.decode({ ...payload, isCut: true })).toEqual({ reason: "larger than 1 MiB" });
    expect(echo.decode({ ...payload, isCut: true, whole: Buffer.alloc(99) })).toEqual({ form: "json", text: "99" });
  });

  test.each([
    [{ decode: one }, "name must be exported"],
    [{ name: "a/b", decode: one }, "name must be exported"],
    [{ name: "acme" }, "it exports no function decode"],
    [{ name: "acme", decode: one, guess: true }, "guess is exported and is no function"],
  ])("is refused when its exports are not what they must be: %o", (exports, reason) => {
    expect(ownDecoder(exports, (code) => code())).toMatchObject({ reason: expect.stringContaining(reason) });
  });

  test("is chosen by hand, by its guess before the built-in ones, and named when it fails", () => {
    const split = (given: Buffer) => given.toString().split("|");
    const chosenOnly = made({ name: "by hand", decode: split });
    const guessing = made({
      name: "acme",
      decode: (given: Buffer) => {
        if (given[0] !== 65) throw new Error("does not begin with A");
        return split(given);
      },
      guess: (_: Buffer, { topic }: { topic: string }) => topic.startsWith("acme."),
    });
    setOwnDecoders([chosenOnly, guessing]);
    try {
      expect(decode(payload)).toMatchObject({ decoder: "own:acme", form: "json", text: '["A1","42","7"]', failed: [] });
      expect(decode({ ...payload, topic: "other" })).toMatchObject({ decoder: "utf8" });
      expect(decode({ ...payload, topic: "other" }, "own:by hand")).toMatchObject({ decoder: "own:by hand" });
      const failed = decode({ ...payload, bytes: Buffer.from("B") });
      expect(failed).toMatchObject({ decoder: "utf8" });
      expect(failed.failed[0]).toEqual({ decoder: "own:acme", reason: "does not begin with A" });
      expect(decode(payload, "own:gone").failed[0]).toEqual({
        decoder: "own:gone",
        reason: "no file in use has this name",
      });
    } finally {
      setOwnDecoders([]);
    }
  });

  test("may cost a page so much time, and no more", () => {
    const guard = new OwnGuard(ownWatch(), -1);
    guard.begin();
    expect(() => guard.run(0, () => 1)).toThrow("the rest was left");
  });

  test("has a name of its own in addresses and in words", () => {
    expect(decoderChoice.parse("own:Acme orders v2")).toBe("own:Acme orders v2");
    for (const bad of ["own:", "own:a/b", "own: a", `own:${"x".repeat(61)}`, "Acme"])
      expect(decoderName.safeParse(bad).success).toBe(false);
    expect(decoderLabel("own:Acme orders")).toBe("Acme orders");
  });
});
