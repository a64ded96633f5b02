import { describe, expect, test } from "vitest";
import { api, type RequestInput, type RequestOf } from "./api.ts";
import { arr, bool, bytes, f64, i16, i32, i64, i8, records, str, struct, u16, u32, uuid } from "./schema.ts";
import { ZERO_UUID } from "./uuid.ts";
import { WireError } from "./wire-error.ts";

const Sample = api(
  { key: 1, name: "Sample", versions: "1-4", flexible: 3, listeners: ["broker"] },
  {
    name: str,
    since2: i32.v("2+").def(-1),
    dropped: i32.v("2+").ignorable(),
    until3: str.v("1-3").nullable("2+"),
    rows: arr({ id: uuid, values: arr(i16), inner: struct({ flag: bool, ratio: f64 }).v("2+") }).nullable("4+"),
    optional: struct({ port: u16 }).nullable().def(null).v("2+"),
    hash: i64.bigint().v("4+"),
    label: str.tag(0, "3+"),
    state: struct({ epoch: i32.def(-1) }).tag(1, "3+"),
  },
  { data: bytes, records: records.nullable(), small: i8, large: u32, offset: i64 },
);

function encode(value: RequestInput<typeof Sample>, version: number): string {
  return Sample.request.encodeToBuffer(value, version).toString("hex");
}

describe("what an encoder takes", () => {
  test("fields that are left out have their defaults, declared or of the type", () => {
    const decoded: RequestOf<typeof Sample> = Sample.request.decode(Sample.request.encodeToBuffer({}, 4), 4);
    expect(decoded).toEqual({
      name: "",
      since2: -1,
      dropped: 0,
      until3: "",
      rows: [],
      optional: null,
      hash: 0n,
      label: "",
      state: { epoch: -1 },
    });
  });

  test("nested fields that are left out have their defaults too", () => {
    const decoded = Sample.request.decode(Sample.request.encodeToBuffer({ rows: [{}], optional: {} }, 2), 2);
    expect(decoded.rows).toEqual([{ id: ZERO_UUID, values: [], inner: { flag: false, ratio: 0 } }]);
    expect(decoded.optional).toEqual({ port: 0 });
  });

  test("a value that the version has no field for is refused, unless it is the default or may be dropped", () => {
    expect(() => encode({ since2: 5 }, 1)).toThrow(
      "SampleRequest v1 since2 at byte 2: this version cannot carry the value",
    );
    expect(encode({ since2: -1, dropped: 7 }, 1)).toBe(encode({}, 1));
    expect(() => encode({ until3: "x" }, 4)).toThrow(WireError);
    expect(() => encode({ state: { epoch: 3 } }, 2)).toThrow(WireError);
    expect(encode({ state: { epoch: -1 }, label: "" }, 2)).toBe(encode({}, 2));
  });

  test("null is refused where the version does not allow it", () => {
    expect(() => encode({ until3: null }, 1)).toThrow("a string expected, not null");
    expect(() => encode({ rows: null }, 3)).toThrow("an array expected, not null");
    expect(Sample.request.decode(Sample.request.encodeToBuffer({ until3: null }, 2), 2).until3).toBeNull();
    expect(Sample.request.decode(Sample.request.encodeToBuffer({ rows: null }, 4), 4).rows).toBeNull();
  });

  test("a tagged field at its default is left out", () => {
    expect(encode({ label: "", state: {} }, 3).endsWith("00")).toBe(true);
    // One tagged field: number 0, three bytes, the compact string "ab".
    expect(encode({ label: "ab" }, 3).endsWith("01 00 03 036162".replaceAll(" ", ""))).toBe(true);
  });

  test("versions that do not exist are refused", () => {
    expect(() => encode({}, 0)).toThrow("SampleRequest v0 at byte 0: only versions 1 to 4 exist");
    expect(() => Sample.request.decode(Buffer.alloc(9), 5)).toThrow(WireError);
    expect(() => Sample.request.decode(Buffer.alloc(9), 1.5)).toThrow(WireError);
  });
});

describe("records", () => {
  test("are put into the output without a copy, and decoded as a view", () => {
    const batch = Buffer.from("a batch");
    const buffers = Sample.response.encode({ records: batch, offset: 5 }, 1);
    expect(buffers).toHaveLength(3);
    expect(buffers[1]).toBe(batch);
    const whole = Buffer.concat(buffers);
    const view = Sample.response.decode(whole, 1).records;
    expect(view?.buffer).toBe(whole.buffer);
    expect(view).toEqual(batch);
  });

  test("may be null, and empty ones add no buffer", () => {
    expect(Sample.response.decode(Sample.response.encodeToBuffer({ records: null }, 1), 1).records).toBeNull();
    expect(Sample.response.encode({ records: Buffer.alloc(0) }, 1)).toHaveLength(1);
  });
});

describe("declarations", () => {
  test("are not changed by modifiers", () => {
    const base = str.v("2+");
    base.nullable().def(null);
    expect(base.spec.nullable).toBeUndefined();
    expect(base.spec.explicitDefault).toBeUndefined();
  });

  test("keep what a field names, its key and its tag", () => {
    const { spec } = arr(i32).tag(3, "1+").entity("brokerId").mapKey();
    expect(spec).toMatchObject({ entityType: "brokerId", isMapKey: true, tag: { number: 3 }, versions: { min: 1 } });
  });

  test("tell the versions of headers", () => {
    expect([2, 3].map((version) => Sample.requestHeaderVersion(version))).toEqual([1, 2]);
    expect([2, 3].map((version) => Sample.responseHeaderVersion(version))).toEqual([0, 1]);
    const never = api(
      { key: 17, name: "Never", versions: "0-1", advertised: "0", flexible: "never", listeners: [] },
      {},
      {},
    );
    expect(never.requestHeaderVersion(1)).toBe(1);
    expect(never.advertisedVersions).toEqual({ min: 0, max: 0 });
  });
});
