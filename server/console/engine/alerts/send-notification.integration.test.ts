import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { freePorts } from "../../../testing/free-ports.ts";
import { type Notification, sendNotification } from "./send-notification.ts";

type Request = { readonly headers: IncomingMessage["headers"]; readonly body: string };

let server: Server;
let url: string;
let received: Request[];
let status: number;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      response.writeHead(status, status === 302 ? { location: "http://127.0.0.1:1/" } : {}).end("any");
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}/hook?token=hidden`;
});
afterAll(() => server.close());
beforeEach(() => {
  received = [];
  status = 200;
});

const notification: Notification = {
  ...{ event: "fired", cluster: "local", rule: "Late", condition: "group-lag", severity: "warning" },
  ...{ subject: { type: "group", name: "billing" }, text: "billing lags by 12 <b> & more.", peak: 12, threshold: 10 },
  ...{ startedAt: "2026-11-30T10:00:00.000Z", endedAt: null, alertId: 7 },
};
const produce = () => Promise.reject(new Error("not asked for"));

test("a webhook gets the whole alert, signed so that its receiver can check it", async () => {
  const nowMs = 1_764_000_000_500;
  await sendNotification({ kind: "webhook", name: "hook", url, secret: "s3cret" }, notification, { produce, nowMs });
  const [request] = received;
  expect(JSON.parse(request?.body ?? "")).toEqual(notification);
  expect(request?.headers["content-type"]).toBe("application/json");
  const digest = createHmac("sha256", "s3cret").update(`1764000000.${request?.body}`).digest("hex");
  expect(request?.headers["x-odradek-signature"]).toBe(`t=1764000000,v1=${digest}`);
});

test("a webhook without a secret is not signed", async () => {
  await sendNotification({ kind: "webhook", name: "hook", url }, notification, { produce, nowMs: 0 });
  expect(received[0]?.headers["x-odradek-signature"]).toBeUndefined();
});

test("Slack gets one line, with its control characters escaped", async () => {
  await sendNotification({ kind: "slack", name: "ops", url }, notification, { produce, nowMs: 0 });
  expect(JSON.parse(received[0]?.body ?? "")).toEqual({
    text: ":red_circle: billing lags by 12 &lt;b&gt; &amp; more. _Late · local_",
  });
});

test("a topic gets the same JSON, keyed so that one subject's alerts stay in order", async () => {
  const written: string[][] = [];
  const write = (...record: string[]) => Promise.resolve(void written.push(record));
  const target = { kind: "kafka-topic", name: "ops", topic: "alerts" } as const;
  await sendNotification(target, notification, { produce: write, nowMs: 0 });
  expect(written).toEqual([["alerts", "Late/group/billing", JSON.stringify(notification)]]);
});

test.each([
  [500, "The target answered 500 Internal Server Error"],
  [302, "Not reached"],
])("an answer of %i is a failure in words, without the address's secret", async (answer, expected) => {
  status = answer;
  const sent = sendNotification({ kind: "webhook", name: "hook", url }, notification, { produce, nowMs: 0 });
  const error = await sent.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error("a failure was expected");
  expect(error.message).not.toContain("hidden");
  if (answer === 500) expect(error.message).toBe(expected);
});

test("a target that is not there says so", async () => {
  const [port] = await freePorts(1);
  const nowhere = { kind: "webhook", name: "hook", url: `http://127.0.0.1:${port}/` } as const;
  await expect(sendNotification(nowhere, notification, { produce, nowMs: 0 })).rejects.toThrow(
    "Not reached: ECONNREFUSED",
  );
});
