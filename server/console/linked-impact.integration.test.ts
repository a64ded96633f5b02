import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectorsImpact, linksOf, subjectsImpact } from "./linked-impact.ts";
import { ConnectCluster } from "./services/connect-cluster.ts";
import { SchemaRegistry } from "./services/schema-registry.ts";

let silent: Server;
let url: string;

beforeAll(async () => {
  silent = createServer(() => undefined);
  await new Promise<void>((resolve) => {
    silent.listen(0, "127.0.0.1", resolve);
  });
  url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
});
afterAll(() => {
  silent.close();
  silent.closeAllConnections();
});

test("services that do not answer are given up together, and what they would have told is not known", async () => {
  const services = {
    schemaRegistry: new SchemaRegistry({ urls: [url] }),
    connect: [new ConnectCluster({ urls: [url] })],
  };
  const { connectors, subjects, problems } = await linksOf({ services }, ["orders"]);
  expect([connectors, subjects]).toEqual([[], []]);
  expect(problems.map(({ code, title, detail }) => [code, title, detail])).toEqual([
    ["timed-out", "Which connectors use it is not known", `${url} did not answer in time.`],
    ["timed-out", "Which subjects stay in the Schema Registry is not known", `${url} did not answer in time.`],
  ]);
});

test("where no service is set, nothing is said", async () => {
  const nothing = await linksOf({ services: { schemaRegistry: undefined, connect: [] } }, ["orders"]);
  expect(nothing).toEqual({ connectors: [], subjects: [], problems: [] });
  expect([...connectorsImpact([], { writing: "w", reading: "r" }), ...subjectsImpact([], ".")]).toEqual([]);
});

test("connectors are named by what they do; one that sends dead letters writes", () => {
  const connectors = [
    { name: "a", use: "reads" },
    { name: "b", use: "dead-letters" },
    { name: "c", use: "writes" },
  ] as const;
  expect(connectorsImpact(connectors, { writing: "they wait.", reading: "it ends." })).toEqual([
    { severity: "warning", text: "2 connectors write (b and c): they wait." },
    { severity: "warning", text: "1 connector reads (a): it ends." },
  ]);
  expect(subjectsImpact(["a-key"], ".")).toEqual([
    { severity: "info", text: "1 subject stays in the Schema Registry (a-key)." },
  ]);
});
