import { describe, expect, test } from "vitest";
import { contentSecurityPolicy, refusalOfRequest } from "@/app/border/request-policy";

const allowed = ["localhost", "127.0.0.1", "[::1]", "Console.Example"];

function ask(method: string, path: string, headers: Record<string, string>) {
  return refusalOfRequest({ method, path, header: (name) => headers[name] ?? null }, allowed)?.status;
}

describe("the Host header", () => {
  test.each(["localhost", "localhost:3000", "127.0.0.1:3000", "[::1]:3000", "LOCALHOST:80", "console.example"])(
    "%s is one of the console's names",
    (host) => expect(ask("GET", "/local/topics", { host })).toBeUndefined(),
  );

  test.each([
    "evil.example",
    "localhost.evil.example",
    "evil.example:3000",
    "127.0.0.2",
    "user@localhost",
    "",
    "localhost:3000:1",
  ])("%j is not", (host) => expect(ask("GET", "/local/topics", { host })).toBe(421));

  test("a refusal names what is allowed, so that a person can help herself", () => {
    const facts = { method: "GET", path: "/", header: () => "evil.example" };
    const text = refusalOfRequest(facts, allowed)?.text;
    expect(text).toContain("localhost, 127.0.0.1");
    expect(text).toContain('"evil.example"');
  });
});

describe("requests that may change something", () => {
  const host = "localhost:3000";

  test.each(["POST", "PUT", "PATCH", "DELETE"])("%s is let in from the console's own pages only", (method) => {
    for (const path of ["/local/topics", "/api/stream/x"]) {
      expect(ask(method, path, { host, origin: "http://localhost:3000" })).toBeUndefined();
      expect(ask(method, path, { host, origin: "http://evil.example" })).toBe(403);
      expect(ask(method, path, { host, origin: "http://localhost:4000" })).toBe(403);
      expect(ask(method, path, { host, origin: "null" })).toBe(403);
      expect(ask(method, path, { host })).toBe(403);
    }
  });
});

describe("reads of the API", () => {
  const host = "localhost:3000";

  test("come from the own pages, from the address bar, or from a program", () => {
    expect(ask("GET", "/api/stream", { host, "sec-fetch-site": "same-origin" })).toBeUndefined();
    expect(ask("GET", "/api/clusters", { host, "sec-fetch-site": "none" })).toBeUndefined();
    expect(ask("GET", "/api/clusters", { host })).toBeUndefined();
  });

  test("are refused to other sites' pages", () => {
    expect(ask("GET", "/api/stream", { host, "sec-fetch-site": "cross-site" })).toBe(403);
    expect(ask("GET", "/api/stream", { host, "sec-fetch-site": "same-site" })).toBe(403);
    expect(ask("GET", "/api/clusters", { host, origin: "http://evil.example" })).toBe(403);
  });

  test("a link from another site to a page still works", () => {
    expect(ask("GET", "/local/topics", { host, "sec-fetch-site": "cross-site" })).toBeUndefined();
  });
});

test("scripts run by nonce only, and nothing is evaluated outside development", () => {
  const policy = contentSecurityPolicy("abc", { isDevelopment: false });
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("unsafe-eval");
  expect(contentSecurityPolicy("abc", { isDevelopment: true })).toContain("'unsafe-eval'");
});
