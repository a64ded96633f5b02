import { Codec } from "./codec.ts";
import { i32 } from "./schema.ts";
import { versionRange } from "./version-range.ts";
import type { Writer } from "./writer.ts";

/** The header of a response: version 0, or 1 with tagged fields when the API's version is flexible. */
export type ResponseHeader = { readonly correlationId: number };

/** The response header as a message; `responseHeaderVersion` of an API tells which version goes before its response. */
export const responseHeader = new Codec<ResponseHeader, ResponseHeader>({
  name: "ResponseHeader",
  versions: versionRange("0-1"),
  flexibleVersions: versionRange("1+"),
  fields: { correlationId: i32 },
});

/** Writes a response header. */
export function writeResponseHeader(writer: Writer, header: ResponseHeader, headerVersion: 0 | 1): void {
  responseHeader.write(writer, header, headerVersion);
}
