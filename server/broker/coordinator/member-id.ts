import type { Random } from "../../environment/environment.ts";

/** A member id as Kafka makes them: the client id, or a static member's instance id, and a random UUID (version 4) in its usual text. */
export function newMemberId(random: Random, prefix: string): string {
  const bytes = Buffer.from(random.bytes(16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return `${prefix}-${parts.join("-")}`;
}
