import { expect, test } from "vitest";
import { addressBytes, addressText } from "./ip-address.ts";

test.each([
  ["10.1.2.3", [10, 1, 2, 3], "10.1.2.3"],
  ["::1", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "0:0:0:0:0:0:0:1"],
  ["::ffff:127.0.0.1", [127, 0, 0, 1], "127.0.0.1"],
  ["fe80::1%eth0", [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "fe80:0:0:0:0:0:0:1"],
  ["2001:db8:1:2:3:4:5:6", [0x20, 1, 0xd, 0xb8, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6], "2001:db8:1:2:3:4:5:6"],
])("%s travels as Java's bytes", (text, bytes, back) => {
  expect([...(addressBytes(text) ?? [])]).toEqual(bytes);
  expect(addressText(Uint8Array.from(bytes))).toBe(back);
});

test.each(["", "localhost", "256.1.1.1", "1.2.3", "1::2::3", "1:2:3", "12345::"])("%j is no address", (text) => {
  expect(addressBytes(text)).toBeUndefined();
});
