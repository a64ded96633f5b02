import { expect, test } from "vitest";
import { hangingReason } from "./list-transactions.ts";

const producer = { topic: "orders", partition: 1, producerEpoch: 4 };
const listed = { transactionalId: "billing", transactionState: "Ongoing" };
const described = {
  errorCode: 0,
  transactionalId: "billing",
  transactionState: "Ongoing",
  transactionTimeoutMs: 60_000,
  transactionStartTimeMs: 1,
  producerId: 7,
  producerEpoch: 4,
  topics: [{ topic: "orders", partitions: [0, 1] }],
};

test("an open transaction that its coordinator knows does not hang", () => {
  expect(hangingReason(producer, listed, described)).toBeNull();
  expect(hangingReason(producer, listed, { ...described, transactionState: "PrepareCommit" })).toBeNull();
});

test("a coordinator that could not be asked proves nothing", () => {
  expect(hangingReason(producer, listed, undefined)).toBeNull();
});

test("it hangs when no coordinator will end it, with the reason", () => {
  expect(hangingReason(producer, undefined, undefined)).toBe("No coordinator knows its producer.");
  expect(hangingReason(producer, listed, { ...described, transactionState: "CompleteCommit" })).toBe(
    "Its coordinator says that billing is CompleteCommit.",
  );
  expect(hangingReason(producer, listed, { ...described, producerEpoch: 5 })).toContain("epoch 5");
  expect(hangingReason(producer, listed, { ...described, topics: [] })).toBe(
    "Its coordinator does not know that billing wrote to this partition.",
  );
});
