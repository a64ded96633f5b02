import { describe, expect, test } from "vitest";
import { exposition, gauge, merged } from "./exposition.ts";

const textOf = (...families: Parameters<typeof exposition>[0][]) =>
  [...families.flatMap((one) => [...exposition(one)])].join("");

describe("the text of a scrape", () => {
  test("has help and type once a metric, and a line a sample", () => {
    const lag = gauge("lag", "Messages not read.", [
      [{ group: "billing", partition: 0 }, 12],
      [{ group: "billing", partition: 1 }, 0],
    ]);
    expect(textOf([lag])).toBe(
      '# HELP lag Messages not read.\n# TYPE lag gauge\nlag{group="billing",partition="0"} 12\nlag{group="billing",partition="1"} 0\n',
    );
  });

  test("escapes what labels and help may hold", () => {
    const odd = gauge("odd", "one\ntwo \\", [[{ name: 'a"b\\c\nd' }, 1]]);
    expect(textOf([odd])).toBe('# HELP odd one\\ntwo \\\\\n# TYPE odd gauge\nodd{name="a\\"b\\\\c\\nd"} 1\n');
  });

  test("leaves out a metric without samples", () => {
    expect(textOf([gauge("none", "Nothing.", [])])).toBe("");
  });

  test("has the samples of several clusters under one metric", () => {
    const of = (cluster: string) => [gauge("brokers", "Brokers.", [[{ cluster }, 3]])];
    expect(textOf(merged([of("a"), of("b")]))).toBe(
      '# HELP brokers Brokers.\n# TYPE brokers gauge\nbrokers{cluster="a"} 3\nbrokers{cluster="b"} 3\n',
    );
  });

  test("comes in chunks that are the same text", () => {
    const many = gauge(
      "many",
      "Many.",
      Array.from({ length: 5_000 }, (_, index) => [{ topic: `topic-${index}` }, index]),
    );
    const chunks = [...exposition([many])];
    expect(chunks.length).toBeGreaterThan(1);
    expect(chunks.join("").split("\n")).toHaveLength(5_003);
  });
});
