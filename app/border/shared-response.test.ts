import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { sharedResponse } from "./shared-response";

const asked = (encoding: string) => new Request("http://localhost/", { headers: { "accept-encoding": encoding } });

/** A result that counts how often it is turned into JSON. */
function counted(value: unknown) {
  const counts = { made: 0 };
  const result = {
    toJSON() {
      counts.made += 1;
      return value;
    },
  };
  return { result, counts };
}

test("tabs that get the same result get the same bytes, made once", async () => {
  const { result, counts } = counted({ ok: true, value: ["ä", 1] });
  const compressed = await Promise.all(
    ["gzip, deflate", "br;q=1.0, gzip;q=0.8"].map((encoding) => sharedResponse(result, asked(encoding), {})),
  );
  for (const response of compressed) {
    expect(response.headers.get("content-encoding")).toBe("gzip");
    expect(gunzipSync(await response.arrayBuffer()).toString()).toBe('{"ok":true,"value":["ä",1]}');
  }
  const plain = await sharedResponse(result, asked("identity"), {});
  expect(plain.headers.get("content-encoding")).toBeNull();
  expect(await plain.json()).toEqual({ ok: true, value: ["ä", 1] });
  expect(counts.made).toBe(1);
});

test("keeps status and headers, and says what it is", async () => {
  const init = { status: 503, headers: { "cache-control": "no-store" } };
  const response = await sharedResponse({ ok: false }, asked(""), init);
  expect(response.status).toBe(503);
  expect(Object.fromEntries(response.headers)).toEqual({
    "cache-control": "no-store",
    "content-type": "application/json",
    vary: "Accept-Encoding",
  });
});
