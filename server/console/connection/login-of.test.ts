import { expect, test } from "vitest";
import { loginOf } from "./login-of.ts";

const jaas = 'org.apache.kafka.common.security.scram.ScramLoginModule required username="alice" password="secret";';

test("a plain listener takes no login", () => {
  expect(loginOf({ clientProperties: {} })).toBeNull();
  expect(loginOf({ clientProperties: { "security.protocol": "plaintext" } })).toBeNull();
});

test("who logs in is told, the password never", () => {
  const clientProperties = {
    "security.protocol": "SASL_SSL",
    "sasl.mechanism": "scram-sha-512",
    "sasl.jaas.config": jaas,
  };
  const login = loginOf({ clientProperties });
  expect(login).toEqual({
    file: "client.properties",
    protocol: "SASL_SSL",
    mechanism: "SCRAM-SHA-512",
    username: "alice",
  });
  expect(JSON.stringify(login)).not.toContain("secret");
  expect(loginOf({ clientProperties: { "security.protocol": "SSL" } })).toMatchObject({ mechanism: null });
});
