import { api } from "../api.ts";
import { arr, i16, i32, i8, str } from "../schema.ts";

/** Tells which users have which SCRAM credentials, without their secrets (KIP-554). */
export const DescribeUserScramCredentials = api(
  { key: 50, name: "DescribeUserScramCredentials", versions: "0", flexible: 0, listeners: ["broker", "controller"] },
  { users: arr({ name: str }).nullable() },
  {
    throttleTimeMs: i32,
    errorCode: i16,
    errorMessage: str.nullable(),
    results: arr({
      user: str,
      errorCode: i16,
      errorMessage: str.nullable(),
      credentialInfos: arr({ mechanism: i8, iterations: i32 }),
    }),
  },
);
