import { expect, test } from "vitest";
import { errorMessages } from "./error-messages.ts";
import {
  errorMessage,
  errorName,
  isRetriableError,
  kafkaErrors,
  NOT_LEADER_OR_FOLLOWER,
  UNKNOWN_SERVER_ERROR,
} from "./errors.ts";

test("every code of Kafka 4.2 is there, from -1 to 133, under its own name", () => {
  expect([...kafkaErrors.keys()]).toEqual(Array.from({ length: 135 }, (_, index) => index - 1));
  expect(new Set([...kafkaErrors.values()].map(({ name }) => name)).size).toBe(135);
  expect(UNKNOWN_SERVER_ERROR).toBe(-1);
});

test("every code has a sentence, and no sentence is without its code", () => {
  expect([...kafkaErrors.values()].map(({ name }) => name)).toEqual(Object.keys(errorMessages));
  expect(errorMessages.NONE).toBe(errorMessage(0));
});

test("a code tells its name, its sentence and whether to try again", () => {
  expect(errorName(NOT_LEADER_OR_FOLLOWER)).toBe("NOT_LEADER_OR_FOLLOWER");
  expect(isRetriableError(NOT_LEADER_OR_FOLLOWER)).toBe(true);
  expect(errorMessage(NOT_LEADER_OR_FOLLOWER)).toMatch(/leader/u);
});

test("a code of a later version has a name and a sentence too, and is not tried again", () => {
  expect(errorName(999)).toBe("UNKNOWN_ERROR_999");
  expect(errorMessage(999)).toContain("999");
  expect(isRetriableError(999)).toBe(false);
});
