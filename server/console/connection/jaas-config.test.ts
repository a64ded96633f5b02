import { expect, test } from "vitest";
import { parseJaasConfig } from "./jaas-config.ts";

const login = (text: string) => {
  const parsed = parseJaasConfig(text);
  return parsed && { loginModule: parsed.loginModule, ...Object.fromEntries(parsed.options) };
};

test.each([
  [
    'org.apache.kafka.common.security.plain.PlainLoginModule required username="alice" password="secret";',
    { loginModule: "org.apache.kafka.common.security.plain.PlainLoginModule", username: "alice", password: "secret" },
  ],
  ["x.Y required username=alice password=secret;", { loginModule: "x.Y", username: "alice", password: "secret" }],
  ['x.Y required\n  username="a"\n  password="b" ;\n', { loginModule: "x.Y", username: "a", password: "b" }],
  [
    'x.Y required password="a\\"b\\\\c;d=e" username="u";',
    { loginModule: "x.Y", username: "u", password: 'a"b\\c;d=e' },
  ],
  [
    "x.Y required username='single quoted' password='p';",
    { loginModule: "x.Y", username: "single quoted", password: "p" },
  ],
  ["x.Y required;", { loginModule: "x.Y" }],
])("%s", (text, expected) => {
  expect(login(text)).toEqual(expected);
});

test.each(["", "x.Y", "x.Y perhaps a=b;", 'x.Y required a="b"; more', 'x.Y required a="b'])("%j is no login", (text) =>
  expect(login(text)).toBeUndefined(),
);
