import { api } from "../api.ts";
import { bytes, i16, i64, str } from "../schema.ts";

/** Carries one message of the SASL exchange (KIP-152) and tells when the client has to authenticate again (KIP-368). */
export const SaslAuthenticate = api(
  { key: 36, name: "SaslAuthenticate", versions: "0-2", flexible: 2, listeners: ["broker", "controller"] },
  { authBytes: bytes },
  { errorCode: i16, errorMessage: str.nullable(), authBytes: bytes, sessionLifetimeMs: i64.v("1+").ignorable() },
);
