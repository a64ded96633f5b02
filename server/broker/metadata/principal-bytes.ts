import { DefaultPrincipalData } from "../../wire/records/principal/default-principal-data.ts";
import { WireError } from "../../wire/wire-error.ts";
import type { Principal } from "../principal.ts";

/** Version of the form below (Kafka's DefaultKafkaPrincipalBuilder). */
const PRINCIPAL_VERSION = 0;
const VERSION_BYTES = 2;

/** A principal as it travels in an Envelope (KIP-590): version, then DefaultPrincipalData. */
export function principalBytes(principal: Principal): Uint8Array {
  const { type, name, tokenAuthenticated = false } = principal;
  const version = Buffer.alloc(VERSION_BYTES);
  version.writeInt16BE(PRINCIPAL_VERSION);
  return Buffer.concat([
    version,
    DefaultPrincipalData.encodeToBuffer({ type, name, tokenAuthenticated }, PRINCIPAL_VERSION),
  ]);
}

/** Reads it back; undefined for bytes that are none. */
export function principalOfBytes(bytes: Uint8Array): Principal | undefined {
  if (bytes.byteLength < VERSION_BYTES) return undefined;
  const version = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getInt16(0);
  if (version !== PRINCIPAL_VERSION) return undefined;
  try {
    const { type, name, tokenAuthenticated } = DefaultPrincipalData.decode(
      bytes.subarray(VERSION_BYTES),
      PRINCIPAL_VERSION,
    );
    return { type, name, tokenAuthenticated };
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}
