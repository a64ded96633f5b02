import { expect, test } from "vitest";
import { BrokerSessions } from "./broker-sessions.ts";

const TIMEOUT_MS = 9000;

test("a session lasts for its time after the last heartbeat", () => {
  const sessions = new BrokerSessions();
  sessions.open(1, 5, 0, true);
  expect(sessions.isAlive(1, TIMEOUT_MS - 1, TIMEOUT_MS)).toBe(true);
  expect(sessions.isExpired(1, TIMEOUT_MS - 1, TIMEOUT_MS)).toBe(false);
  expect(sessions.isAlive(1, TIMEOUT_MS, TIMEOUT_MS)).toBe(false);
  expect(sessions.isExpired(1, TIMEOUT_MS, TIMEOUT_MS)).toBe(true);
  sessions.touch(1, 5, TIMEOUT_MS, 7);
  expect(sessions.isExpired(1, TIMEOUT_MS + 1, TIMEOUT_MS)).toBe(false);
  expect(sessions.get(1)).toMatchObject({ metadataOffset: 7 });
});

test("a broker known from the log alone has time to be heard, but does not keep another of its id out", () => {
  const sessions = new BrokerSessions();
  sessions.open(1, 5, 0, false);
  expect(sessions.isAlive(1, 1, TIMEOUT_MS)).toBe(false);
  expect(sessions.isExpired(1, 1, TIMEOUT_MS)).toBe(false);
});

test("a broker without a session is expired", () => {
  expect(new BrokerSessions().isExpired(1, 0, TIMEOUT_MS)).toBe(true);
});

test("when the controller stood still, everybody has the session time anew", () => {
  const sessions = new BrokerSessions();
  sessions.open(1, 5, 0, true);
  sessions.forgive(60_000);
  expect(sessions.isExpired(1, 60_001, TIMEOUT_MS)).toBe(false);
});

test("the offset to be known before a broker may go is that of its first wish to stop", () => {
  const sessions = new BrokerSessions();
  sessions.open(1, 5, 0, true);
  sessions.beginShutdown(1, 30);
  sessions.beginShutdown(1, 40);
  sessions.touch(1, 5, 1, 20);
  expect(sessions.get(1)?.shutdownOffset).toBe(30);
});
