import { api } from "../api.ts";
import { bytes, i16 } from "../schema.ts";

/** Forwards a client's request with its principal to the controller, and brings the response back (KIP-590). */
export const Envelope = api(
  { key: 58, name: "Envelope", versions: "0", flexible: 0, listeners: ["controller"] },
  { requestData: bytes, requestPrincipal: bytes.nullable(), clientHostAddress: bytes },
  { responseData: bytes.nullable().def(null), errorCode: i16 },
);
