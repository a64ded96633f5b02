import { expect, test } from "vitest";
import { principalBytes, principalOfBytes } from "./principal-bytes.ts";

test("a principal comes back as it went", () => {
  const alice = { type: "User", name: "alice", tokenAuthenticated: true };
  expect(principalOfBytes(principalBytes(alice))).toEqual(alice);
});

test("it has the form of Kafka's DefaultKafkaPrincipalBuilder: a version, compact strings, a flag, no tags", () => {
  const expected = Buffer.concat([
    Buffer.from([0, 0, 5]),
    Buffer.from("User"),
    Buffer.from([6]),
    Buffer.from("alice"),
    Buffer.from([0, 0]),
  ]);
  expect(Buffer.from(principalBytes({ type: "User", name: "alice" }))).toEqual(expected);
});

test.each([[[]], [[0]], [[0, 9, 1, 1, 0, 0]], [[0, 0, 200]], [[0, 0, 1, 1, 0, 0, 7]]])(
  "bytes %j are no principal",
  (bytes) => {
    expect(principalOfBytes(Uint8Array.from(bytes))).toBeUndefined();
  },
);
