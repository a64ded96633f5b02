import { expect, test } from "vitest";
import { makeTestAuthority } from "../../testing/certificates.ts";
import { readServiceSettings, servicePropertiesOf } from "./service-settings.ts";

const noFiles = (path: string): string => {
  throw Object.assign(new Error(path), { code: "ENOENT" });
};
const read = (properties: Record<string, string>) => {
  const result = readServiceSettings(properties, noFiles);
  if (!result.ok) throw new Error(result.problem.detail);
  return result.value;
};
const problemOf = (properties: Record<string, string>) => {
  const result = readServiceSettings(properties, noFiles);
  if (result.ok) throw new Error("a problem was expected");
  return result.problem;
};
const basic = (userInfo: string) => `Basic ${Buffer.from(userInfo).toString("base64")}`;

test("nothing is set where nobody said where it is", () => {
  expect(read({ "basic.auth.user.info": "ada:lovelace" })).toEqual({ schemaRegistry: undefined, connect: [] });
});

test.each(["basic.auth.user.info", "schema.registry.basic.auth.user.info"])("the registry logs in by %s", (name) => {
  expect(read({ "schema.registry.url": "https://a:8081/, https://b/api", [name]: "ada:love:lace" })).toEqual({
    schemaRegistry: { urls: ["https://a:8081", "https://b/api"], authorization: basic("ada:love:lace"), tls: {} },
    connect: [],
  });
});

test("each Connect cluster has its own login in its address, or that of all; never the registry's", () => {
  expect(
    read({ "connect.url": "http://ada:l%40ce@a:8083,http://b:8083", "basic.auth.user.info": "x:y" }).connect,
  ).toEqual([{ urls: ["http://a:8083"], authorization: basic("ada:l@ce") }, { urls: ["http://b:8083"] }]);
  expect(read({ "connect.url": "http://b", "connect.basic.auth.user.info": "c:d" }).connect).toEqual([
    { urls: ["http://b"], authorization: basic("c:d") },
  ]);
});

test("the cluster's authority is the services' too, unless they have one of their own; plain addresses need none", () => {
  const [cluster, own] = [makeTestAuthority().certificate, makeTestAuthority().certificate];
  const properties = { "ssl.truststore.certificates": cluster, "connect.ssl.truststore.certificates": own };
  const { schemaRegistry, connect } = read({
    ...properties,
    "schema.registry.url": "https://r",
    "connect.url": "https://c",
  });
  expect([schemaRegistry?.tls?.ca, connect[0]?.tls?.ca]).toEqual([cluster, own]);
  const jks = { "ssl.truststore.location": "/kafka.jks" };
  expect(read({ ...jks, "schema.registry.url": "http://r" }).schemaRegistry).toEqual({ urls: ["http://r"] });
  expect(problemOf({ ...jks, "schema.registry.url": "https://r" }).facts).toEqual([
    ["property", "ssl.truststore.type"],
  ]);
});

test.each([
  [{ "schema.registry.url": "registry:8081" }, "schema.registry.url"],
  [{ "connect.url": "http://a,ftp://b" }, "connect.url"],
  [{ "connect.url": "http://a", "connect.basic.auth.user.info": "hush" }, "connect.basic.auth.user.info"],
  [
    { "schema.registry.url": "http://a", "basic.auth.credentials.source": "SASL_INHERIT" },
    "schema.registry.basic.auth.credentials.source",
  ],
])("%j is refused by its name, and never quoted", (properties, property) => {
  const refused = problemOf(properties);
  expect(refused.facts).toEqual([["property", property]]);
  expect(JSON.stringify(refused)).not.toContain("hush");
});

test("a cluster that asks for no login gets what is about services, and nothing else", () => {
  const about = { "schema.registry.url": "http://a", "connect.url": "http://b", "basic.auth.user.info": "c:d" };
  expect(servicePropertiesOf({ ...about, "security.protocol": "SASL_SSL", "sasl.mechanism": "PLAIN" })).toEqual(about);
});
