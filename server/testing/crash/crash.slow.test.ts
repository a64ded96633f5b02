import { expect, test } from "vitest";
import { describeJudged } from "../judges.ts";
import { crashRounds } from "./crash-rounds.ts";

// More of it by hand: npm run crash.
describeJudged("after kill -9 under load by librdkafka and kafkajs", ["kcat"], () => {
  test.each([
    { what: "the whole platform, of three brokers", isolation: "thread", brokers: 3, rounds: 2 },
    { what: "the whole platform, of one broker", isolation: "thread", brokers: 1, rounds: 2 },
    { what: "one process of several", isolation: "process", brokers: 3, rounds: 3 },
  ] as const)(
    "of $what, all that was acknowledged is there, once and in order",
    async ({ isolation, brokers, rounds }) => {
      const lines: string[] = [];
      const plan = { rounds, isolation, brokers, seed: "ci", tell: (line: string) => lines.push(line) };
      const { acknowledged, ...wrong } = await crashRounds(plan);
      expect(wrong, lines.join("\n")).toEqual({ lost: [], repeated: [], outOfOrder: [] });
      expect(acknowledged).toBeGreaterThan(0);
    },
  );
});
