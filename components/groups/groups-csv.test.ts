import { expect, test } from "vitest";
import { groupsCsv } from "@/components/groups/groups-csv";
import { rebalanceSentences, sourceText } from "@/components/groups/rebalance-words";

const group = {
  groupId: 'a "group", =odd',
  protocol: "classic",
  state: "Stable",
  coordinator: 1,
  members: 2,
  hosts: 1,
  topics: ["orders", "payments"],
  lagMessages: 1_200,
  lagTime: { ms: 4_000, isAtLeast: false },
  consumedPerSecond: null,
  hasCommitted: true,
  producedPerSecond: null,
  lags: [],
  outlook: { kind: "keeps-up" as const },
  findings: [],
  attention: null,
  readAtMs: 0,
};

test("groups are written as CSV that no spreadsheet takes for formulas", () => {
  const [head, first, second] = groupsCsv([group, { ...group, groupId: "=SUM(A1)" }]).split("\n");
  expect(head?.split(",").length).toBe(10);
  expect(first).toBe('"a ""group"", =odd",classic,Stable,2,orders payments,1200,4000,,keeps up,');
  expect(second?.startsWith("'=SUM(A1),classic")).toBe(true);
});

const member = (clientId: string) => ({ clientId, host: "10.0.0.1", memberId: `${clientId}-1` });
const calm = {
  joined: [],
  left: [],
  moved: [],
  movedCount: 0,
  members: 2,
  atMs: 0,
  source: "log" as const,
  generation: 3,
};

test("a rebalance is told in sentences", () => {
  const joined = [{ ...member("a"), reason: "new" as const }];
  expect(rebalanceSentences({ ...calm, joined })).toEqual(["a on 10.0.0.1 joined."]);
  const left = [{ ...member("b"), reason: "poll-timeout" as const }];
  expect(rebalanceSentences({ ...calm, left, members: 0 })).toEqual([
    "b on 10.0.0.1 was put out: it committed nothing for its max.poll.interval.ms. It takes too long between polls.",
    "Nobody is left.",
  ]);
  expect(rebalanceSentences({ ...calm, movedCount: 2 })[0]).toContain("shared out anew");
  expect(rebalanceSentences(calm)[0]).toContain("Nothing moved");
});

test("where rebalances come from is said, and why not from the log", () => {
  expect(sourceText({ source: "log", reason: null })).toBe("as written in __consumer_offsets");
  const reason = {
    code: "not-authorised" as const,
    title: "t",
    detail: "Not authorized.",
    facts: [],
    retryable: false,
  };
  expect(sourceText({ source: "sweep", reason })).toBe(
    "from a look each 10 s: __consumer_offsets cannot be read (Not authorized)",
  );
});
