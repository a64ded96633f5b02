import { Codec } from "./codec.ts";
import { Reader } from "./reader.ts";
import { i16, i32, str } from "./schema.ts";
import { versionRange } from "./version-range.ts";
import type { Writer } from "./writer.ts";

const fields = {
  requestApiKey: i16,
  requestApiVersion: i16,
  correlationId: i32,
  // An int16 string even in version 2, so that a server reads the client's id before it knows the API (KIP-482).
  clientId: str.nullable().neverCompact(),
};

/** The header of a request: version 1, or 2 with tagged fields when the API's version is flexible. */
export type RequestHeader = {
  readonly requestApiKey: number;
  readonly requestApiVersion: number;
  readonly correlationId: number;
  readonly clientId: string | null;
};

/** The request header as a message; `requestHeaderVersion` of an API tells which version goes before its request. */
export const requestHeader = new Codec<RequestHeader, RequestHeader>({
  name: "RequestHeader",
  versions: versionRange("1-2"),
  flexibleVersions: versionRange("2+"),
  fields,
});

/** Writes a request header. */
export function writeRequestHeader(writer: Writer, header: RequestHeader, headerVersion: 1 | 2): void {
  requestHeader.write(writer, header, headerVersion);
}

/**
 * The part of the header that is the same in every version; with it the API, and so the header's version, is looked up.
 */
export type RequestRoute = { readonly apiKey: number; readonly apiVersion: number; readonly correlationId: number };

/** Reads the first eight bytes of a request (its frame without the size). Throws WireError when they are not there. */
export function peekRequestRoute(request: Uint8Array): RequestRoute {
  const reader = new Reader(request);
  reader.context = { api: "RequestHeader", version: 1, fieldPaths: [""] };
  return { apiKey: reader.int16(), apiVersion: reader.int16(), correlationId: reader.int32() };
}

/** Reads a whole header and tells where the request's body begins. Throws WireError. */
export function readRequestHeader(
  request: Uint8Array,
  headerVersion: 1 | 2,
): { header: RequestHeader; bodyPosition: number } {
  const reader = new Reader(request);
  const header = requestHeader.read(reader, headerVersion);
  return { header, bodyPosition: reader.position };
}
