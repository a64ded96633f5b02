import { expect, test } from "vitest";
import type { AlertCondition, FiredAlert } from "../../../../lib/contracts/alerts.ts";
import type { Attention } from "../../../../lib/contracts/overview.ts";
import { withAlerts } from "./alert-attention.ts";

const alert = (id: number, condition: AlertCondition, name: string, part: Partial<FiredAlert> = {}): FiredAlert => ({
  ...{ id, ruleId: 1, ruleName: "Rule", condition, severity: "warning", text: "lags by 12 messages.", threshold: 10 },
  ...{
    subject: { type: "group", name },
    peak: 12,
    startedAtMs: 50,
    endedAtMs: null,
    isSilenced: false,
    deliveries: [],
  },
  ...part,
});
const found: Attention[] = [
  {
    key: "offline/orders",
    severity: "critical",
    subject: { type: "topic", name: "orders" },
    text: "…",
    remedy: null,
    sinceMs: 90,
  },
  { key: "disk/1", severity: "warning", subject: { type: "broker", name: "1" }, text: "…", remedy: null, sinceMs: 10 },
];

test("limits that people set stand among what the sweep found, worst and oldest first", () => {
  const lines = withAlerts(found, [
    alert(7, "group-lag", "billing"),
    alert(8, "group-lag", "pay", { severity: "critical" }),
  ]);
  expect(lines.map(({ key }) => key)).toEqual(["alert/8", "offline/orders", "disk/1", "alert/7"]);
  expect(lines[3]).toMatchObject({ subject: { type: "group", name: "billing" }, sinceMs: 50 });
});

test("what the sweep found by itself is not said twice", () => {
  const broker = (name: string) => ({ subject: { type: "broker", name } }) as const;
  const lines = withAlerts(found, [
    alert(1, "partitions-offline", "orders"),
    alert(2, "disk-used", "1", broker("1")),
    alert(3, "disk-used", "2", broker("2")),
  ]);
  expect(lines.map(({ key }) => key)).toEqual(["offline/orders", "disk/1", "alert/3"]);
});
