import { describe, expect, test } from "vitest";
import { DUPLICATE_RESOURCE, INVALID_REQUEST, NONE, RESOURCE_NOT_FOUND } from "../../wire/errors.ts";
import { deriveScramCredential } from "../network/scram-server.ts";
import { alterClientQuotas } from "./alter-client-quotas.ts";
import { alterUserScramCredentials } from "./alter-user-scram-credentials.ts";
import { quotaKey, scramKey } from "./image.ts";
import { World } from "./testing/world.ts";

describe("quotas of clients", () => {
  const ada = { entityType: "user", entityName: "ada" };
  const anyClient = { entityType: "client-id", entityName: null };
  const set = (
    world: World,
    entity: readonly (typeof ada | typeof anyClient)[],
    ops: Readonly<Record<string, number>>,
  ) =>
    alterClientQuotas(world.view, {
      entries: [
        { entity: [...entity], ops: Object.entries(ops).map(([key, value]) => ({ key, value, remove: value === 0 })) },
      ],
      validateOnly: false,
    });

  test("are kept by entity, whatever the order of its parts, until they are removed", () => {
    const world = new World();
    world.take(set(world, [ada, anyClient], { producer_byte_rate: 1024, request_percentage: 12.5 }));
    const key = quotaKey([
      { type: "client-id", name: null },
      { type: "user", name: "ada" },
    ]);
    expect([...(world.image.clientQuotas.get(key)?.limits ?? [])]).toEqual([
      ["producer_byte_rate", 1024],
      ["request_percentage", 12.5],
    ]);
    expect(set(world, [anyClient, ada], { producer_byte_rate: 1024 }).records).toEqual([]);
    world.take(set(world, [anyClient, ada], { producer_byte_rate: 0, request_percentage: 0 }));
    expect(world.image.clientQuotas.size).toBe(0);
  });

  test("with one thing wrong are refused as a whole", () => {
    const world = new World();
    const { records, response } = set(world, [ada], { producer_byte_rate: 1024, speed: 3 });
    expect(records).toEqual([]);
    expect(response.entries?.[0]).toMatchObject({
      errorCode: INVALID_REQUEST,
      errorMessage: "Invalid configuration key speed",
    });
  });
});

describe("credentials of users", () => {
  const salt = Buffer.from("salt");
  const upsertion = (name: string) => {
    const saltedPassword = Buffer.alloc(32, name.length);
    return { name, mechanism: 1, iterations: 4096, salt, saltedPassword };
  };

  test("are kept without what the password could be found from, and removed", () => {
    const world = new World();
    const deletions = [{ name: "ada", mechanism: 1 }];
    expect(alterUserScramCredentials(world.view, { deletions, upsertions: [] }).response.results?.[0]).toMatchObject({
      errorCode: RESOURCE_NOT_FOUND,
    });
    world.take(alterUserScramCredentials(world.view, { deletions: [], upsertions: [upsertion("ada")] }));
    const kept = world.image.scramCredentials.get(scramKey(1, "ada"));
    const example = deriveScramCredential("SCRAM-SHA-256", "secret", salt, 4096);
    expect(kept).toMatchObject({ user: "ada", iterations: 4096 });
    expect(kept?.storedKey).toHaveLength(example.storedKey.length);
    expect(Object.keys(kept ?? {})).not.toContain("saltedPassword");
    world.take(alterUserScramCredentials(world.view, { deletions, upsertions: [] }));
    expect(world.image.scramCredentials.size).toBe(0);
  });

  test("asked for twice are refused for their user, and made for others", () => {
    const world = new World();
    const upsertions = [upsertion("ada"), upsertion("ada"), upsertion("grace")];
    const { response, records } = alterUserScramCredentials(world.view, { deletions: [], upsertions });
    expect(response.results).toMatchObject([
      { user: "ada", errorCode: DUPLICATE_RESOURCE },
      { user: "grace", errorCode: NONE },
    ]);
    expect(records).toHaveLength(1);
  });
});
