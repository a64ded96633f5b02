import type { Member } from "./classic-group.ts";
import { metadataOf } from "./protocol-choice.ts";

/** Protocol type of consumers; the only one that the coordinator looks into, for its subscriptions. */
export const CONSUMER_PROTOCOL_TYPE = "consumer";

const utf8 = new TextDecoder("utf-8");

/**
 * The topics that a group of consumers reads, or undefined when it is none or one of its subscriptions is not readable
 * (ClassicGroup.computeSubscribedTopics). An empty group reads nothing.
 */
export function subscribedTopics(
  protocolType: string | null,
  protocolName: string | null,
  members: ReadonlyMap<string, Member>,
): ReadonlySet<string> | undefined {
  if (protocolType !== CONSUMER_PROTOCOL_TYPE) return undefined;
  const topics = new Set<string>();
  if (members.size > 0 && protocolName === null) return undefined;
  for (const member of members.values()) {
    const subscription = topicsOfSubscription(metadataOf(member, protocolName));
    if (subscription === undefined) return undefined;
    for (const topic of subscription) topics.add(topic);
  }
  return topics;
}

/**
 * The topics in a ConsumerProtocolSubscription: int16 version, then an array of strings, which all versions begin with, so that
 * versions of the future can be read too. Undefined for bytes that are none.
 */
export function topicsOfSubscription(bytes: Uint8Array): readonly string[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 6 || view.getInt16(0) < 0) return undefined;
  const count = view.getInt32(2);
  // Each string takes two bytes at least, so a count that lies is found before memory is asked for.
  if (count < 0 || count > (view.byteLength - 6) / 2) return undefined;
  const topics: string[] = [];
  let at = 6;
  for (let index = 0; index < count; index++) {
    if (at + 2 > view.byteLength) return undefined;
    const length = view.getInt16(at);
    const end = at + 2 + length;
    if (length < 0 || end > view.byteLength) return undefined;
    topics.push(utf8.decode(bytes.subarray(at + 2, end)));
    at = end;
  }
  return topics;
}
