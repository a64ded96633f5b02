import type { AnyApi, RequestInput, ResponseInput, ResponseOf } from "./api.ts";
import { Reader } from "./reader.ts";
import { type RequestHeader, writeRequestHeader } from "./request-header.ts";
import { responseHeader, writeResponseHeader } from "./response-header.ts";
import { Writer } from "./writer.ts";

/** Bytes of the int32 before each frame that tells its size. */
export const FRAME_SIZE_BYTES = 4;

/**
 * The size that a frame announces, without the four bytes of the size itself; undefined while those are not all there.
 * May be negative: judge it.
 */
export function announcedFrameSize(bytes: Uint8Array, position = 0): number | undefined {
  if (bytes.byteLength - position < FRAME_SIZE_BYTES) return undefined;
  return new Reader(bytes, position).int32();
}

/** A request ready to be sent: size, header and body. Slices of records in it are not copied. Throws WireError. */
export function encodeRequestFrame<A extends AnyApi>(
  api: A,
  header: Omit<RequestHeader, "requestApiKey">,
  request: RequestInput<A>,
): Uint8Array[] {
  const writer = new Writer();
  const version = header.requestApiVersion;
  writer.int32(0);
  writeRequestHeader(writer, { ...header, requestApiKey: api.key }, api.requestHeaderVersion(version));
  writeBody(api.request, writer, request, version);
  return finishFrame(writer);
}

/** A response ready to be sent: size, header and body. Slices of records in it are not copied. Throws WireError. */
export function encodeResponseFrame<A extends AnyApi>(
  api: A,
  version: number,
  correlationId: number,
  response: ResponseInput<A>,
): Uint8Array[] {
  const writer = new Writer();
  writer.int32(0);
  writeResponseHeader(writer, { correlationId }, api.responseHeaderVersion(version));
  writeBody(api.response, writer, response, version);
  return finishFrame(writer);
}

/** Reads a response (its frame without the size). Throws WireError. */
export function decodeResponseFrame<A extends AnyApi>(
  api: A,
  version: number,
  frame: Uint8Array,
): { correlationId: number; response: ResponseOf<A> } {
  const reader = new Reader(frame);
  const { correlationId } = responseHeader.read(reader, api.responseHeaderVersion(version));
  // Narrowing: `read` of this very API returns what ResponseOf infers from it.
  const response = api.response.read(reader, version) as ResponseOf<A>;
  reader.finish();
  return { correlationId, response };
}

type BodyWriter = { write(writer: Writer, value: unknown, version: number): void };

function writeBody(codec: BodyWriter, writer: Writer, value: unknown, version: number): void {
  codec.write(writer, value, version);
}

function finishFrame(writer: Writer): Uint8Array[] {
  const size = writer.size - FRAME_SIZE_BYTES;
  const buffers = writer.buffers();
  const first = buffers[0];
  if (first !== undefined) new DataView(first.buffer, first.byteOffset, FRAME_SIZE_BYTES).setInt32(0, size);
  return buffers;
}
