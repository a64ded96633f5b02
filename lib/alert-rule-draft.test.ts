import { describe, expect, test } from "vitest";
import { draftOfRule, emptyRuleDraft, errorsOfRule, ruleOfDraft, withCondition } from "@/lib/alert-rule-draft";

describe("a rule that is being written", () => {
  test("begins as one that can be saved", () => {
    expect(ruleOfDraft(emptyRuleDraft)).toMatchObject({ condition: "group-lag", threshold: 10_000, clearAt: 5_000 });
  });

  test("comes back as it was", () => {
    const rule = ruleOfDraft({ ...emptyRuleDraft, name: "Late", targets: [3], forMs: "30000" });
    if (rule === undefined) throw new Error("it can be saved");
    expect(ruleOfDraft(draftOfRule(rule))).toEqual(rule);
  });

  test("says of each field what is wrong", () => {
    const wrong = { ...emptyRuleDraft, name: " ", subject: "", threshold: "many", clearAt: "" };
    expect(ruleOfDraft(wrong)).toBeUndefined();
    expect(errorsOfRule(wrong)).toEqual({
      name: "A rule needs a name.",
      subject: "A name, or * for all.",
      threshold: "A number.",
      clearAt: "A number.",
    });
    expect(errorsOfRule({ ...emptyRuleDraft, threshold: "5", clearAt: "6" })).toHaveProperty("clearAt");
    expect(errorsOfRule({ ...emptyRuleDraft, threshold: "-1", clearAt: "-2" })).toHaveProperty("threshold");
  });

  test("writes and reads limits in time with their unit", () => {
    const late = withCondition(emptyRuleDraft, "group-lag-time");
    expect(late).toMatchObject({ threshold: "5 min", clearAt: "1 min" });
    expect(ruleOfDraft({ ...late, threshold: "1.5 h", clearAt: "90s" })).toMatchObject({
      threshold: 5_400,
      clearAt: 90,
    });
    expect(errorsOfRule({ ...late, threshold: "5" })).toEqual({ threshold: "A time with its unit: 90 s, 5 min, 2 h." });
    expect(errorsOfRule({ ...late, threshold: "1 min", clearAt: "2 min" })).toHaveProperty("clearAt");
    expect(withCondition(late, "group-stuck")).toMatchObject({ threshold: "2 min", clearAt: "0 s" });
  });

  test("takes the numbers of another condition, and keeps a name that was typed", () => {
    expect(withCondition(emptyRuleDraft, "disk-used")).toMatchObject({
      name: "A broker's disk fills up",
      threshold: "85",
    });
    expect(withCondition({ ...emptyRuleDraft, name: "Ours" }, "disk-used").name).toBe("Ours");
  });
});
