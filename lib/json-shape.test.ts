import { describe, expect, test } from "vitest";
import type { TopicShape } from "@/lib/contracts/shape";
import { JsonShape, shapeFieldsMax } from "@/lib/json-shape";
import { driftOf } from "@/lib/shape-drift";
import { toAvro, toJsonSchema, toTypeScript } from "@/lib/shape-export";

function shapeOf(...values: string[]): TopicShape {
  const shape = new JsonShape();
  for (const value of values) shape.add(value);
  return {
    sampled: values.length,
    json: values.length,
    fields: shape.result(),
    isCut: shape.isCut,
    firstMs: 0,
    lastMs: 1,
    readAtMs: 2,
  };
}

const orders = [
  '{"id":9007199254740993,"state":"new","items":[{"sku":"a","n":1},{"sku":"b"}],"note":null}',
  '{"id":9007199254740992,"state":"paid","items":[],"price":1.50}',
];

describe("the shape of JSON values", () => {
  test("has presence, types, exact ranges and top values of each field", () => {
    const { fields } = shapeOf(...orders);
    const byPath = new Map(fields.map((field) => [field.path.join("."), field]));
    expect([...byPath.keys()]).toEqual([
      "id",
      "state",
      "items",
      "items.[]",
      "items.[].sku",
      "items.[].n",
      "note",
      "price",
    ]);
    expect(byPath.get("id")).toMatchObject({
      presence: 2,
      types: { integer: 2 },
      least: "9007199254740992",
      greatest: "9007199254740993",
    });
    expect(byPath.get("items.[].sku")).toMatchObject({ presence: 1, occurrences: 2, shortest: 1, distinct: 2 });
    expect(byPath.get("note")).toMatchObject({ presence: 1, types: { null: 1 } });
    expect(byPath.get("state")?.top).toEqual([
      { text: '"new"', count: 1 },
      { text: '"paid"', count: 1 },
    ]);
  });

  test("is bounded where names are data", () => {
    const names = Array.from({ length: shapeFieldsMax + 5 }, (_, i) => `"${i}":1`);
    const shape = shapeOf(`{${names.join(",")}}`);
    expect([shape.fields.length, shape.isCut]).toEqual([shapeFieldsMax, true]);
  });

  test("drifts: fields come, go, change their type and their presence", () => {
    const later = shapeOf('{"id":"1","state":"new","at":5}', '{"id":2,"at":6}');
    const words = driftOf(shapeOf('{"id":1,"state":"new","old":true}', '{"id":2,"state":"x","old":true}'), later);
    expect(words.map(({ path, kind, words: said }) => [path.join("."), kind, said])).toEqual([
      ["id", "types", "was integer, is string or integer"],
      ["state", "presence", "was in 100 % of values, is in 50 %"],
      ["at", "new", "new: integer"],
      ["old", "gone", "gone: was boolean"],
    ]);
  });

  test("drifts not because another of its types is the more frequent one", () => {
    expect(driftOf(shapeOf('{"n":1}', '{"n":1.5}', '{"n":2}'), shapeOf('{"n":1.5}', '{"n":1}', '{"n":2.5}'))).toEqual(
      [],
    );
  });

  test("is written as JSON Schema", () => {
    expect(JSON.parse(toJsonSchema(shapeOf(...orders), "orders"))).toMatchObject({
      title: "orders",
      type: "object",
      required: ["id", "state", "items"],
      properties: {
        id: { type: "integer" },
        items: { type: "array", items: { type: "object", required: ["sku"] } },
        note: { type: "null" },
        price: { type: "number" },
      },
    });
  });

  test("is written as Avro", () => {
    expect(JSON.parse(toAvro(shapeOf(...orders, '{"id":1,"state":"x","items":[],"a-b":true}'), "orders.v2"))).toEqual({
      type: "record",
      name: "orders_v2",
      fields: [
        { name: "id", type: "long" },
        { name: "state", type: "string" },
        {
          name: "items",
          type: {
            type: "array",
            items: {
              type: "record",
              name: "orders_v2_items_item",
              fields: [
                { name: "sku", type: "string" },
                { name: "n", type: ["null", "long"], default: null },
              ],
            },
          },
        },
        { name: "note", type: "null", default: null },
        { name: "price", type: ["null", "double"], default: null },
        { name: "a_b", doc: "a-b", type: ["null", "boolean"], default: null },
      ],
    });
  });

  test("is written as TypeScript", () => {
    expect(toTypeScript(shapeOf('{"id":9007199254740993,"a-b":[{"x":1},{"x":null,"y":"s"}]}'), "orders.v2")).toBe(
      [
        "export type OrdersV2 = {",
        "  id: number /* beyond 2^53: read it as bigint or text */;",
        '  "a-b": Array<{',
        "    x: number | null;",
        "    y?: string;",
        "  }>;",
        "};",
        "",
      ].join("\n"),
    );
  });
});

test("of 100,000 levels the first are told, and that there are more", () => {
  const shape = new JsonShape();
  shape.add(`{"name":"deep","tree":${"[".repeat(100_000)}1${"]".repeat(100_000)}}`);
  expect(shape.isCut).toBe(true);
  expect(shape.result().map(({ path }) => path.length)).toEqual([1, ...Array.from({ length: 100 }, (_, n) => n + 1)]);
});
