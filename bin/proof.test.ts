import { describe, expect, test } from "vitest";
import { proofsIn, unproved } from "./proof.mjs";

const table = `# Messages

| row | what | shown by |
| --- | --- | --- |
| 41 | newest and oldest | \`bin/proof.test.ts\` › \`reads rows\` |
| 42 | both | \`bin/proof.test.ts\` › \`one\`, \`bin/report.test.ts\` › \`two \\| three\` |
| 43 | nothing yet | |
`;

describe("a proof table", () => {
  test("reads rows", () => {
    expect(proofsIn(table)).toEqual([
      { row: "41", what: "newest and oldest", file: "bin/proof.test.ts", title: "reads rows" },
      { row: "42", what: "both", file: "bin/proof.test.ts", title: "one" },
      { row: "42", what: "both", file: "bin/report.test.ts", title: "two | three" },
      { row: "43", what: "nothing yet", file: undefined, title: undefined },
    ]);
  });

  test("is refused where a row names no test, a file that is not there, or a test that did not run or pass", () => {
    const proof = (file: string | undefined, title: string) => ({ row: "1", what: "it", file, title });
    const ran = [
      { file: "bin/proof.test.ts", title: "passes", outcome: "passed" },
      { file: "bin/proof.test.ts", title: "fails", outcome: "failed" },
    ];
    const found = unproved(
      [
        proof("bin/proof.test.ts", "passes"),
        proof("bin/proof.test.ts", "fails"),
        proof("bin/proof.test.ts", "unheard of"),
        proof("bin/no-such.test.ts", "passes"),
        proof(undefined, ""),
      ],
      ran,
      { ranSlow: true },
    );
    expect(found).toEqual([
      '1 it: "fails" did not pass',
      '1 it: no test "unheard of" ran in bin/proof.test.ts',
      "1 it: bin/no-such.test.ts is not there",
      "1 it: names no test",
    ]);
  });

  test("lets slow tests be where the slow suite did not run", () => {
    const slow = { row: "1", what: "it", file: "server/wire/apache-kafka.slow.test.ts", title: "any" };
    expect(unproved([slow], [], { ranSlow: false })).toEqual([]);
    expect(unproved([slow], [], { ranSlow: true })).toHaveLength(1);
  });
});
