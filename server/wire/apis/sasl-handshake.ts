import { api } from "../api.ts";
import { arr, i16, str } from "../schema.ts";

/** Chooses the SASL mechanism of a connection; version 1 carries the exchange in SaslAuthenticate (KIP-152). */
export const SaslHandshake = api(
  { key: 17, name: "SaslHandshake", versions: "0-1", flexible: "never", listeners: ["broker", "controller"] },
  { mechanism: str },
  { errorCode: i16, mechanisms: arr(str) },
);
