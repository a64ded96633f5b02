/** Kafka's text form of the uuid of 16 zero bytes, which means "no id" in most fields. */
export const ZERO_UUID = "AAAAAAAAAAAAAAAAAAAAAA";

const UUID_TEXT_LENGTH = 22;
const UUID_BYTES = 16;

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const SEXTET_OF_CHAR_CODE = new Int8Array(128).fill(-1);
for (let sextet = 0; sextet < ALPHABET.length; sextet++) SEXTET_OF_CHAR_CODE[ALPHABET.charCodeAt(sextet)] = sextet;

/**
 * The 16 bytes at `position` as Kafka prints them: base64url without padding, 22 characters. The bytes must be there.
 */
export function uuidToText(bytes: Buffer, position: number): string {
  let any = 0;
  for (let index = position; index < position + UUID_BYTES; index++) any |= bytes[index] ?? 0;
  return any === 0 ? ZERO_UUID : bytes.toString("base64url", position, position + UUID_BYTES);
}

/**
 * Writes the 16 bytes of a uuid's text to `position`. Returns false, with `bytes` partly written, when the text is not
 * a uuid.
 */
export function uuidFromText(text: string, bytes: Uint8Array, position: number): boolean {
  if (text.length !== UUID_TEXT_LENGTH) return false;
  let bits = 0;
  let bitCount = 0;
  let at = position;
  for (let index = 0; index < UUID_TEXT_LENGTH; index++) {
    const sextet = SEXTET_OF_CHAR_CODE[text.charCodeAt(index)] ?? -1;
    if (sextet < 0) return false;
    bits = ((bits << 6) | sextet) & 0xffff;
    bitCount += 6;
    if (bitCount >= 8) {
      bitCount -= 8;
      bytes[at++] = (bits >> bitCount) & 0xff;
    }
  }
  return (bits & ((1 << bitCount) - 1)) === 0;
}

/** Whether the text is a uuid as Kafka prints it, and the only way it would print those bytes. */
export function isUuidText(text: string): boolean {
  return uuidFromText(text, new Uint8Array(UUID_BYTES), 0);
}
