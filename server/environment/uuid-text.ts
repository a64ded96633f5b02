/** Kafka's text form of a UUID of 16 random bytes, which are changed to say version 4; undefined where Kafka would draw again (a leading "-"). */
export function uuidText(bytes: Uint8Array): string | undefined {
  const uuid = Buffer.from(bytes.buffer, bytes.byteOffset, 16);
  uuid[6] = ((uuid[6] ?? 0) & 0x0f) | 0x40;
  uuid[8] = ((uuid[8] ?? 0) & 0x3f) | 0x80;
  const text = uuid.toString("base64url");
  return text.startsWith("-") ? undefined : text;
}
