import { createServer as createHttp, type RequestListener, type Server } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import * as z from "zod";
import { ProblemError } from "../../../lib/problem.ts";
import { makeTestAuthority } from "../../testing/certificates.ts";
import { freePorts } from "../../testing/free-ports.ts";
import { getJson } from "./get-json.ts";
import type { ServiceAccess } from "./service-settings.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

const listen = (server: Server): Promise<number> => {
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
};
const answering = async (handle: RequestListener) => `http://127.0.0.1:${await listen(createHttp(handle))}`;
const names = z.array(z.string());
const ask = (access: ServiceAccess, signal = AbortSignal.timeout(60_000)) =>
  getJson({ name: "Schema Registry", access }, { path: "/subjects", signal, absent: [404] }, names);
const problemOf = async (access: ServiceAccess, signal?: AbortSignal) => {
  const error: unknown = await ask(access, signal).catch((thrown: unknown) => thrown);
  if (!(error instanceof ProblemError)) throw new Error("a problem was expected", { cause: error });
  return error.problem;
};

test("an answer is read with its login, and nothing is what a status for it says", async () => {
  const url = await answering(({ headers, url: path }, response) => {
    response.writeHead(path === "/api/subjects" ? 200 : 404).end(JSON.stringify([headers.authorization]));
  });
  expect(await ask({ urls: [`${url}/api`], authorization: "Basic abc" })).toEqual(["Basic abc"]);
  expect(await ask({ urls: [url] })).toBeUndefined();
});

test("where one instance is away, the next is asked", async () => {
  const [port] = await freePorts(1);
  const away = `http://127.0.0.1:${port}`;
  const url = await answering((_, response) => response.end('["a"]'));
  expect(await ask({ urls: [away, url] })).toEqual(["a"]);
  expect(await problemOf({ urls: [away] })).toMatchObject({
    code: "service-unreachable",
    title: "Schema Registry could not be read",
    detail: `${away} does not answer: ECONNREFUSED.`,
    retryable: true,
  });
});

test.each([
  [401, "", "authentication-failed", "answered 401."],
  [403, '{"error_code":40301,"message":"User is denied"}', "not-authorised", "answered 403: User is denied."],
  [500, "<html>", "service-unreachable", "answered 500."],
  [302, "", "service-unreachable", "answered 302."],
  [200, "<html>Welcome</html>", "service-unreachable", "does not speak as Schema Registry does."],
  [200, '{"version":"3.9"}', "service-unreachable", "does not speak as Schema Registry does."],
])("status %i with %j is %s", async (status, body, code, detail) => {
  const url = await answering((_, response) => response.writeHead(status, { location: "/" }).end(body));
  const problem = await problemOf({ urls: [url], authorization: "Basic hush" });
  expect(problem.code).toBe(code);
  expect(problem.detail).toContain(detail);
  expect(JSON.stringify(problem)).not.toContain("hush");
});

test("a service that stops in the middle of its answer is given up when the signal says so", async () => {
  const ending = new AbortController();
  const url = await answering((_, response) => {
    response.write('["a"');
    ending.abort();
  });
  expect(await problemOf({ urls: [url] }, ending.signal)).toMatchObject({
    code: "timed-out",
    detail: `${url} did not answer in time.`,
  });
});

test("an answer without end is not read on", async () => {
  const part = Buffer.alloc(1_024 * 1_024, 32);
  const url = await answering((_, response) => {
    const more = (): unknown => response.write(part, (error) => (error ? undefined : more()));
    more();
  });
  expect((await problemOf({ urls: [url] })).detail).toContain("its answer is longer than");
});

test("a certificate of the cluster's own authority is trusted, and of nobody's is not", async () => {
  const authority = makeTestAuthority();
  const { key, certificate } = authority.issue({ subject: [["CN", "registry"]], hosts: ["127.0.0.1"] });
  const port = await listen(createHttps({ key, cert: certificate }, (_, response) => response.end('["a"]')));
  const urls = [`https://127.0.0.1:${port}`];
  expect(await ask({ urls, tls: { ca: authority.certificate } })).toEqual(["a"]);
  const problem = await problemOf({ urls });
  expect(problem.suggestion).toContain("ssl.truststore.location");
});
