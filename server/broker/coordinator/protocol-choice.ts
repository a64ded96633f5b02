import type { LiveGroup, Member } from "./classic-group.ts";
import type { MemberProtocol } from "./group-event.ts";

/**
 * The protocol of the next generation: each member votes for the first of its list that all members speak; most votes win, the one voted
 * for first when equal. The group has members, and they have a protocol in common (`isProtocolPossible` let them in).
 */
export function chooseProtocol(members: ReadonlyMap<string, Member>): string {
  const common = commonProtocols(members);
  const votes = new Map<string, number>();
  for (const member of members.values()) {
    const vote = member.protocols.find((protocol) => common.has(protocol.name))?.name;
    if (vote !== undefined) votes.set(vote, (votes.get(vote) ?? 0) + 1);
  }
  let chosen = "";
  let most = 0;
  for (const [name, count] of votes) {
    if (count > most) {
      chosen = name;
      most = count;
    }
  }
  return chosen;
}

/** Whether a member of this kind and with these protocols can be in the group: the same type, and one protocol that all its members speak. */
export function isProtocolPossible(
  group: LiveGroup,
  protocolType: string,
  protocols: readonly MemberProtocol[],
): boolean {
  if (group.phase.name === "Empty") return protocolType !== "" && protocols.length > 0;
  if (group.protocolType !== protocolType) return false;
  if (group.members.size === 0) return protocols.length > 0;
  const common = commonProtocols(group.members);
  return protocols.some((protocol) => common.has(protocol.name));
}

/** What a member says in a protocol; empty when it does not speak it. */
export function metadataOf(member: Member, protocolName: string | null): Uint8Array {
  return member.protocols.find((protocol) => protocol.name === protocolName)?.metadata ?? NO_BYTES;
}

/** Whether a member that joins again says what it said before, byte for byte and in the same order. */
export function sameProtocols(before: readonly MemberProtocol[], now: readonly MemberProtocol[]): boolean {
  if (before.length !== now.length) return false;
  return before.every((protocol, index) => {
    const other = now[index];
    return (
      other !== undefined && protocol.name === other.name && Buffer.compare(protocol.metadata, other.metadata) === 0
    );
  });
}

/** No metadata, no assignment. */
export const NO_BYTES = new Uint8Array(0);

function commonProtocols(members: ReadonlyMap<string, Member>): Set<string> {
  const speakers = new Map<string, number>();
  for (const member of members.values()) {
    for (const { name } of member.protocols) speakers.set(name, (speakers.get(name) ?? 0) + 1);
  }
  const common = new Set<string>();
  for (const [name, count] of speakers) if (count === members.size) common.add(name);
  return common;
}
