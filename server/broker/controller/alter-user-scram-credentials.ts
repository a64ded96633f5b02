import type { RequestOf, ResponseInput } from "../../wire/api.ts";
import type { AlterUserScramCredentials } from "../../wire/apis/alter-user-scram-credentials.ts";
import {
  DUPLICATE_RESOURCE,
  NONE,
  RESOURCE_NOT_FOUND,
  UNACCEPTABLE_CREDENTIAL,
  UNSUPPORTED_SASL_MECHANISM,
} from "../../wire/errors.ts";
import { RemoveUserScramCredentialRecord } from "../../wire/records/metadata/remove-user-scram-credential-record.ts";
import { UserScramCredentialRecord } from "../../wire/records/metadata/user-scram-credential-record.ts";
import { scramKeys, type ScramMechanism } from "../network/scram-server.ts";
import { isRefusal, type Refusal } from "../refusal.ts";
import type { ControllerView } from "./broker-state.ts";
import { scramKey } from "./image.ts";
import { newRecord, type Decision, type NewMetadataRecord } from "./new-record.ts";

type Request = RequestOf<typeof AlterUserScramCredentials>;
type Deletion = Request["deletions"][number];
type Upsertion = Request["upsertions"][number];

/** Mechanisms by their codes (ScramMechanism of Kafka's admin client). */
const MECHANISMS: ReadonlyMap<number, ScramMechanism> = new Map([
  [1, "SCRAM-SHA-256"],
  [2, "SCRAM-SHA-512"],
]);
const ITERATIONS_MIN = 4096;
const ITERATIONS_MAX = 16_384;

/** Decides an AlterUserScramCredentials request (KIP-554). An answer a user: one thing that is wrong spoils all that is asked of that user. */
export function alterUserScramCredentials(
  view: ControllerView,
  request: Pick<Request, "deletions" | "upsertions">,
): Decision<ResponseInput<typeof AlterUserScramCredentials>> {
  const changes = [
    ...request.deletions.map((asked) => ({ asked, result: remove(view, asked) })),
    ...request.upsertions.map((asked) => ({ asked, result: set(asked) })),
  ];
  const keys = changes.map(({ asked }) => scramKey(asked.mechanism, asked.name));
  const records: NewMetadataRecord[] = [];
  const users = [...new Set(changes.map(({ asked }) => asked.name))];
  const results = users.map((user) => {
    const own = changes.filter(({ asked }) => asked.name === user);
    const isTwice = own.some(({ asked }) => {
      const key = scramKey(asked.mechanism, asked.name);
      return keys.indexOf(key) !== keys.lastIndexOf(key);
    });
    const refused = isTwice ? twice : own.map(({ result }) => result).find((result) => isRefusal(result));
    if (refused !== undefined && isRefusal(refused))
      return { user, errorCode: refused.errorCode, errorMessage: refused.message ?? null };
    for (const { result } of own) if (!isRefusal(result)) records.push(result);
    return { user, errorCode: NONE, errorMessage: null };
  });
  return { records, response: { results } };
}

const twice: Refusal = {
  errorCode: DUPLICATE_RESOURCE,
  message: "A user credential cannot be altered twice in the same request",
};

function remove(view: ControllerView, { name, mechanism }: Deletion): NewMetadataRecord | Refusal {
  const refused = check(name, mechanism);
  if (refused !== undefined) return refused;
  if (!view.image.scramCredentials.has(scramKey(mechanism, name)))
    return {
      errorCode: RESOURCE_NOT_FOUND,
      message: "Attempt to delete a user credential that does not exist",
    };
  return newRecord(RemoveUserScramCredentialRecord, { name, mechanism });
}

function set({ name, mechanism, iterations, salt, saltedPassword }: Upsertion): NewMetadataRecord | Refusal {
  const refused = check(name, mechanism);
  if (refused !== undefined) return refused;
  if (iterations < ITERATIONS_MIN) return { errorCode: UNACCEPTABLE_CREDENTIAL, message: "Too few iterations" };
  if (iterations > ITERATIONS_MAX) return { errorCode: UNACCEPTABLE_CREDENTIAL, message: "Too many iterations" };
  const { storedKey, serverKey } = scramKeys(MECHANISMS.get(mechanism) ?? "SCRAM-SHA-256", saltedPassword);
  return newRecord(UserScramCredentialRecord, { name, mechanism, salt, storedKey, serverKey, iterations });
}

function check(name: string, mechanism: number): Refusal | undefined {
  if (name === "") return { errorCode: UNACCEPTABLE_CREDENTIAL, message: "Username must not be empty" };
  if (MECHANISMS.has(mechanism)) return undefined;
  return { errorCode: UNSUPPORTED_SASL_MECHANISM, message: "Unknown SCRAM mechanism" };
}
