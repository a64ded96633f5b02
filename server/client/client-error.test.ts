import { expect, test, vi } from "vitest";
import { ClientError } from "./client-error.ts";

test("an error of one copy of the module is one to another copy", async () => {
  vi.resetModules();
  const copy = await import("./client-error.ts");
  const error: unknown = new copy.ClientError("timed-out", "late");
  expect(copy.ClientError).not.toBe(ClientError);
  expect(error instanceof ClientError && error.kind).toBe("timed-out");
  expect(new Error("other") instanceof ClientError).toBe(false);
});
