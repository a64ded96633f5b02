import { describe, expect, test } from "vitest";
import {
  CLUSTER_AUTHORIZATION_FAILED,
  ELECTION_NOT_NEEDED,
  NONE,
  PREFERRED_LEADER_NOT_AVAILABLE,
} from "../wire/errors.ts";
import { changedOf } from "./refused-change.ts";

const cluster = { identity: { principal: "User:ops", bootstrap: ["127.0.0.1:9092"] } };
const asked = [0, 1, 2].map((partition) => ({ topic: "orders", partition, leader: 1 }));
const attempt = { title: "No leader was elected", fine: ["ELECTION_NOT_NEEDED"] };
const answers = (...errorCodes: number[]) =>
  errorCodes.map((errorCode, partition) => ({ topic: "orders", partition, errorCode, message: null }));

describe("a change of partitions", () => {
  test("that the cluster made in part is told as what was made, with what was not and why", () => {
    const answer = answers(NONE, PREFERRED_LEADER_NOT_AVAILABLE, ELECTION_NOT_NEEDED);
    const result = changedOf(cluster, asked, answer, attempt);
    if (!result.ok) throw new Error(result.problem.detail);
    expect(result.value.changed).toEqual([asked[0], asked[2]]);
    expect(result.value.refusals.map(({ facts }) => facts)).toEqual([
      expect.arrayContaining([["partition", "orders-1"]]),
    ]);
  });

  test("fails when every partition, or the request, was refused", () => {
    const code = PREFERRED_LEADER_NOT_AVAILABLE;
    const each = changedOf(cluster, asked, answers(code, code, code), attempt);
    expect(each).toMatchObject({ ok: false, problem: { detail: expect.stringMatching(/^All 3 refused\. /) } });
    const whole = { errorCode: CLUSTER_AUTHORIZATION_FAILED, message: null };
    expect(changedOf(cluster, asked, whole, attempt)).toMatchObject({ ok: false, problem: { code: "not-authorised" } });
  });
});
