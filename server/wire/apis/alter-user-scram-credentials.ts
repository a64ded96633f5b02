import { api } from "../api.ts";
import { arr, bytes, i16, i32, i8, str } from "../schema.ts";

/** Sets and removes SCRAM credentials of users (KIP-554). */
export const AlterUserScramCredentials = api(
  { key: 51, name: "AlterUserScramCredentials", versions: "0", flexible: 0, listeners: ["broker", "controller"] },
  {
    deletions: arr({ name: str, mechanism: i8 }),
    upsertions: arr({ name: str, mechanism: i8, iterations: i32, salt: bytes, saltedPassword: bytes }),
  },
  { throttleTimeMs: i32, results: arr({ user: str, errorCode: i16, errorMessage: str.nullable() }) },
);
