import { expect, test } from "vitest";
import { sharedResponse } from "./shared-response";

test("tabs that get the same result get the same bytes, made once", async () => {
  let made = 0;
  const result = {
    toJSON() {
      made += 1;
      return { ok: true, value: ["ä", 1] };
    },
  };
  for (const response of [sharedResponse(result, {}), sharedResponse(result, {})])
    expect(await response.json()).toEqual({ ok: true, value: ["ä", 1] });
  expect(made).toBe(1);
});

test("keeps status and headers, and says what it is", () => {
  const response = sharedResponse({ ok: false }, { status: 503, headers: { "cache-control": "no-store" } });
  expect(response.status).toBe(503);
  expect(Object.fromEntries(response.headers)).toEqual({
    "cache-control": "no-store",
    "content-type": "application/json",
  });
});
