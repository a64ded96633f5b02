import { AlterClientQuotas } from "../../../wire/apis/alter-client-quotas.ts";
import { AlterUserScramCredentials } from "../../../wire/apis/alter-user-scram-credentials.ts";
import { DescribeClientQuotas } from "../../../wire/apis/describe-client-quotas.ts";
import { DescribeUserScramCredentials } from "../../../wire/apis/describe-user-scram-credentials.ts";
import { until } from "../../../testing/until.ts";
import type { Script } from "./talk.ts";

type Part = readonly [entityType: string, entityName: string | null];
type Quota = readonly [key: string, value: number | null];

const SHA_256 = 1;
const SALT = Buffer.from("salt");
const SALTED_PASSWORD = Buffer.alloc(32, 7);

/** What is kept of clients: quotas and credentials. */
export const clientScripts: Readonly<Record<string, Script>> = {
  "quotas of clients": async (talk) => {
    const alter = (label: string, entity: readonly Part[], ops: readonly Quota[], validateOnly = false) =>
      talk.note(label, AlterClientQuotas, {
        entries: [
          {
            entity: entity.map(([entityType, entityName]) => ({ entityType, entityName })),
            ops: ops.map(([key, value]) => ({ key, value: value ?? 0, remove: value === null })),
          },
        ],
        validateOnly,
      });
    const ada: readonly Part[] = [["user", "ada"]];
    await alter("set", ada, [["producer_byte_rate", 1000]]);
    await alter("of a user's client", [...ada, ["client-id", null]], [["consumer_byte_rate", 2000]]);
    await alter("of an address", [["ip", "10.0.0.1"]], [["connection_creation_rate", 5]]);
    await alter("only checked", ada, [["request_percentage", 12.5]], true);
    await alter("removed that was not set", ada, [["request_percentage", null]]);
    await alter("of nobody", [], [["producer_byte_rate", 1000]]);
    await alter("of nothing known", [["planet", "mars"]], [["producer_byte_rate", 1000]]);
    await alter("of an empty name", [["user", ""]], [["producer_byte_rate", 1000]]);
    await alter("of an address and a user", [...ada, ["ip", "10.0.0.1"]], [["connection_creation_rate", 5]]);
    await alter("of no address", [["ip", "not an address"]], [["connection_creation_rate", 5]]);
    await alter("that is none", ada, [["speed", 3]]);
    await alter("that is none, removed", ada, [["speed", null]]);
    await alter("of the wrong kind", ada, [["connection_creation_rate", 5]]);
    await alter("of zero", ada, [["producer_byte_rate", 0]]);
    await alter("with a fraction", ada, [["producer_byte_rate", 1000.5]]);
    await alter("with a fraction where one may be", ada, [["controller_mutation_rate", 0.5]]);
    await alter("removed", ada, [["controller_mutation_rate", null]]);
    const ask = (components: { entityType: string; matchType: number; match: string | null }[], strict = false) => ({
      components,
      strict,
    });
    const any = (entityType: string) => ({ entityType, matchType: 2, match: null });
    // Brokers hear of a change a moment after it is made.
    await until(async () => {
      const { entries } = await talk.client.ask(DescribeClientQuotas, ask([any("ip")]));
      return entries?.length === 1;
    });
    await talk.note("of users", DescribeClientQuotas, ask([any("user")], true));
    await talk.note("of default clients", DescribeClientQuotas, ask([{ ...any("client-id"), matchType: 1 }]));
    await talk.note(
      "of an unknown user",
      DescribeClientQuotas,
      ask([{ entityType: "user", matchType: 0, match: "x" }]),
    );
    await talk.note("of addresses", DescribeClientQuotas, ask([any("ip")]));
    await talk.note("of a type twice", DescribeClientQuotas, ask([any("user"), any("user")]));
    await talk.note("of an unknown type", DescribeClientQuotas, ask([any("planet")]));
    await talk.note("of no type", DescribeClientQuotas, ask([any("")]));
    await talk.note("of types that exclude each other", DescribeClientQuotas, ask([any("user"), any("ip")]));
    await talk.note("exactly nobody", DescribeClientQuotas, ask([{ ...any("user"), matchType: 0 }]));
    await talk.note("any, by name", DescribeClientQuotas, ask([{ ...any("user"), match: "ada" }]));
    await talk.note("matched somehow", DescribeClientQuotas, ask([{ ...any("user"), matchType: 7 }]));
  },
  "credentials of users": async (talk) => {
    const upsertion = (name: string, iterations = 8192, mechanism = SHA_256) => ({
      name,
      mechanism,
      iterations,
      salt: SALT,
      saltedPassword: SALTED_PASSWORD,
    });
    const set = (label: string, ...upsertions: ReturnType<typeof upsertion>[]) =>
      talk.note(label, AlterUserScramCredentials, { deletions: [], upsertions });
    const remove = (label: string, name: string, mechanism = SHA_256) =>
      talk.note(label, AlterUserScramCredentials, { deletions: [{ name, mechanism }], upsertions: [] });
    await set("set", upsertion("grace"));
    await set("with too few iterations", upsertion("ada", 100));
    await set("with too many iterations", upsertion("ada", 100_000));
    await set("of nobody", upsertion(""));
    await set("by an unknown mechanism", upsertion("ada", 8192, 9));
    await set("twice", upsertion("ada"), upsertion("ada"));
    await remove("removed that is not there", "nobody-at-all");
    await remove("removed by an unknown mechanism", "grace", 9);
    await until(async () => {
      const { results } = await talk.client.ask(DescribeUserScramCredentials, { users: [{ name: "grace" }] });
      return results[0]?.errorCode === 0;
    });
    const asked = (...names: string[]) => ({ users: names.map((name) => ({ name })) });
    await talk.note("of one", DescribeUserScramCredentials, asked("grace"));
    await talk.note("of an unknown user", DescribeUserScramCredentials, asked("nobody-at-all"));
    await talk.note("of one twice", DescribeUserScramCredentials, asked("grace", "grace"));
    await remove("removed", "grace");
  },
};
