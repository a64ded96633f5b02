import { describe, expect, test } from "vitest";
import { plainPasswords } from "./plain-passwords.ts";

describe("plainPasswords", () => {
  test("reads the users of a JAAS text, and not the broker's own login", () => {
    const jaas = `org.apache.kafka.common.security.plain.PlainLoginModule required
      username="admin" password="admin-secret" user_admin="admin-secret" user_alice="al\\"ice; x=y" user_bob=bare;`;
    expect([...plainPasswords(jaas)]).toEqual([
      ["admin", "admin-secret"],
      ["alice", 'al"ice; x=y'],
      ["bob", "bare"],
    ]);
  });

  test("finds none in an empty text", () => {
    expect(plainPasswords("").size).toBe(0);
  });
});
