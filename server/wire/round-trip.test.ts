import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { arbitraryOf } from "./testing/arbitrary.ts";
import { everyVersion } from "./testing/every-codec.ts";
import { WireError } from "./wire-error.ts";

// A stack costs more than the decoding that it is for, and a million errors are made here.
beforeAll(() => {
  Error.stackTraceLimit = 0;
});

describe.each(everyVersion().map((one) => ({ ...one, title: `${one.codec.name} v${one.version}` })))(
  "$title",
  ({ codec, version }) => {
    const values = arbitraryOf(codec.fields, version);

    test("comes back as it went", () => {
      fc.assert(
        fc.property(values, (value) => {
          const decoded = codec.decode(codec.encodeToBuffer(value, version), version);
          if (!isDeepStrictEqual(decoded, value)) expect(decoded).toEqual(value);
        }),
        { numRuns: 25 },
      );
    });

    test("cut at any byte, or longer by one, is refused", () => {
      fc.assert(
        fc.property(values, (value) => {
          const whole = Buffer.concat([...codec.encode(value, version), Buffer.alloc(1)]);
          for (let cut = 0; cut <= whole.length; cut++) {
            if (cut !== whole.length - 1) expectWireError(() => codec.decode(whole.subarray(0, cut), version));
          }
        }),
        { numRuns: 3 },
      );
    });
  },
);

function expectWireError(decode: () => unknown): void {
  try {
    decode();
  } catch (error) {
    if (error instanceof WireError) return;
    throw error;
  }
  expect.fail("the bytes were accepted");
}
