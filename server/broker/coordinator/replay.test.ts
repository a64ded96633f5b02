import fc from "fast-check";
import { expect, test } from "vitest";
import { apply } from "./apply.ts";
import { decide } from "./decide.ts";
import type { Moment } from "./decision.ts";
import { describeGroup } from "./describe.ts";
import type { GroupEvent } from "./group-event.ts";
import { emptyGroupImage, type GroupImage } from "./group-image.ts";
import { decodeGroupRecord, encodeGroupRecord } from "./group-record-codec.ts";
import { restore } from "./restore.ts";
import { consumerSubscription, SCRIPT_CONFIG, SCRIPT_START_MS } from "./testing/group-script.ts";
import { ZERO_UUID } from "../../wire/uuid.ts";

/** A step of a random run. Numbers choose among what there is at that moment, so that most steps mean something. */
type Draw = { readonly what: (typeof WHATS)[number]; readonly who: number; readonly value: number };
const WHATS = [
  "join",
  "rejoin",
  "static-join",
  "sync",
  "sync-all",
  "heartbeat",
  "leave",
  "commit",
  "member-commit",
  "delete-group",
  "delete-offsets",
  "topics-deleted",
  "expire",
  "timer",
  "timer",
  "other-group",
] as const;

const draws = fc.array(fc.record({ what: fc.constantFrom(...WHATS), who: fc.nat(7), value: fc.nat(3) }), {
  minLength: 1,
  maxLength: 120,
});

/** A shell in twenty lines: appends, applies, sets soft state, keeps timers; the log is a list of encoded records. */
class Run {
  readonly image = emptyGroupImage();
  readonly log: { key: Uint8Array; value: Uint8Array | null }[] = [];
  readonly answered = new Map<number, string>();
  private readonly timers = new Map<string, GroupEvent>();
  private readonly silent = new Set<number>();
  private nowMs = SCRIPT_START_MS;
  private nextId = 1;

  draw({ what, who, value }: Draw): void {
    this.nowMs += value * 1_000;
    const event = what === "timer" ? this.takeTimer(who) : this.eventOf(what, who, value);
    if (event === undefined) return;
    const before = snapshot(this.image);
    const moment: Moment = { nowMs: this.nowMs, config: { ...SCRIPT_CONFIG, maxSize: 5, offsetsRetentionMs: 60_000 } };
    const decision = decide(this.image, event, moment);
    if (snapshot(this.image) !== before) throw new Error("deciding changed the image");
    for (const record of decision.records) {
      apply(this.image, record, { offset: this.log.length, producerId: -1 });
      this.log.push(encodeGroupRecord(record));
    }
    const group = decision.live === undefined ? undefined : this.image.groups.get(decision.live.groupId);
    if (group !== undefined && decision.live !== undefined) group.live = decision.live.group;
    for (const change of decision.timers) {
      if (change.afterMs === undefined) this.timers.delete(change.key);
      else this.timers.set(change.key, change.event);
    }
    for (const { call, answer } of decision.replies) {
      if (this.answered.has(call)) throw new Error(`call ${call} was answered twice`);
      this.answered.set(call, answer.type);
    }
  }

  /** Every timer that is armed fires until nothing is left, as when all clients are gone. */
  settle(): void {
    for (let left = 10_000; this.timers.size > 0 && left > 0; left--) this.draw({ what: "timer", who: 0, value: 3 });
  }

  get calls(): number {
    return this.nextId;
  }

  /** Whether the call was none: topics that go and the sweep answer nobody. */
  isSilent(call: number): boolean {
    return this.silent.has(call);
  }

  private takeTimer(who: number): GroupEvent | undefined {
    const [key, event] = [...this.timers][who % Math.max(this.timers.size, 1)] ?? [];
    if (key !== undefined) this.timers.delete(key);
    return event;
  }

  private eventOf(what: Exclude<Draw["what"], "timer">, who: number, value: number): GroupEvent {
    const id = this.nextId++;
    const groupId = what === "other-group" ? "h" : "g";
    const live = this.image.groups.get(groupId)?.live;
    const ids = [...(live?.members.keys() ?? []), ...(live?.pendingJoins ?? [])];
    const memberId = ids[who % Math.max(ids.length, 1)] ?? "ghost";
    const groupInstanceId = live?.members.get(memberId)?.groupInstanceId ?? null;
    const generationId = live?.generationId ?? 0;
    const base = { call: id, groupId, memberId, groupInstanceId, generationId } as const;
    const join = {
      ...base,
      type: "join",
      newMemberId: `m${id}`,
      clientId: "c",
      clientHost: "/h",
      sessionTimeoutMs: 10_000,
      rebalanceTimeoutMs: 20_000,
      protocolType: "consumer",
      protocols: [{ name: "range", metadata: consumerSubscription([`t${value}`]) }],
      requiresKnownMemberId: value > 1,
      supportsSkippingAssignment: value > 2,
      reason: null,
    } as const;
    switch (what) {
      case "join":
        return { ...join, memberId: "", groupInstanceId: null };
      case "static-join":
        return { ...join, memberId: "", groupInstanceId: `i${who % 3}` };
      case "rejoin":
        return join;
      case "sync":
      case "sync-all":
        return {
          ...base,
          type: "sync",
          memberId: what === "sync-all" ? (live?.leaderId ?? "ghost") : memberId,
          groupInstanceId: null,
          protocolType: null,
          protocolName: null,
          assignments: new Map(ids.map((each) => [each, Uint8Array.of(id % 256)])),
        };
      case "heartbeat":
        return { ...base, type: "heartbeat" };
      case "leave":
        return { ...base, type: "leave", members: [{ memberId, groupInstanceId, reason: null }] };
      case "commit":
      case "other-group":
      case "member-commit": {
        const member =
          what === "member-commit" ? base : { ...base, memberId: "", groupInstanceId: null, generationId: -1 };
        // Versions of OffsetCommit with a retention (2-4) have no leader epoch, and neither has the record that they need.
        const hasRetention = value === 3;
        const offset = {
          topic: `t${value}`,
          topicId: ZERO_UUID,
          partition: who,
          offset: id,
          leaderEpoch: hasRetention ? -1 : value,
          metadata: `${id}`,
        };
        return {
          ...member,
          type: "commit",
          retentionTimeMs: hasRetention ? 5_000 : undefined,
          offsets: [offset],
          namesMissingGroup: true,
        };
      }
      case "delete-group":
        return { type: "delete-group", call: id, groupId };
      case "delete-offsets":
        return { type: "delete-offsets", call: id, groupId, topics: [{ topic: `t${value}`, partitions: [who] }] };
      case "topics-deleted":
        this.silent.add(id);
        return { type: "topics-deleted", groupId, topics: [{ name: `t${value}`, id: ZERO_UUID }] };
      case "expire":
        this.silent.add(id);
        return { type: "expire-offsets", groupId };
    }
  }
}

test("replaying the records gives the recorded state of the living image, and a coordinator that takes over finds a quiet group as it was", () => {
  fc.assert(
    fc.property(draws, (steps) => {
      const run = new Run();
      for (const step of steps) {
        run.draw(step);
        checkInvariants(run.image);
      }
      const replayed = emptyGroupImage();
      for (const [offset, { key, value }] of run.log.entries()) {
        const record = decodeGroupRecord(key, value);
        if (record !== undefined) apply(replayed, record, { offset, producerId: -1 });
      }
      expect(recordedPart(replayed)).toEqual(recordedPart(run.image));
      for (const [groupId, group] of run.image.groups) {
        const isQuiet =
          group.live.phase.name === "Stable" || (group.live.phase.name === "Empty" && group.recorded !== undefined);
        if (!isQuiet || group.recorded === undefined) continue;
        const found = describeGroup({ groupId, recorded: group.recorded, live: restore(group.recorded) });
        expect(found).toEqual({ ...describeGroup(group), protocolType: found.protocolType });
      }
    }),
    { numRuns: 400 },
  );
});

test("when all clients are gone every group becomes empty, and every call has its answer", () => {
  fc.assert(
    fc.property(draws, (steps) => {
      const run = new Run();
      for (const step of steps) run.draw(step);
      run.settle();
      for (const group of run.image.groups.values()) expect(group.live.phase.name).toBe("Empty");
      const unanswered = [...Array(run.calls).keys()]
        .slice(1)
        .filter((call) => !run.answered.has(call) && !run.isSilent(call));
      expect(unanswered).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

function checkInvariants(image: GroupImage): void {
  for (const { live } of image.groups.values()) {
    const { phase, members } = live;
    expect(phase.name === "Empty").toBe(members.size === 0 && phase.name !== "PreparingRebalance");
    if (phase.name === "PreparingRebalance")
      for (const memberId of phase.joins.keys()) expect(members.has(memberId)).toBe(true);
    if (phase.name === "CompletingRebalance")
      for (const memberId of phase.syncs.keys()) expect(members.has(memberId)).toBe(true);
    if (phase.name === "CompletingRebalance" || phase.name === "Stable") {
      for (const memberId of phase.pendingSyncs) expect(members.has(memberId)).toBe(true);
      expect(members.has(live.leaderId ?? "")).toBe(true);
    }
    for (const [instanceId, memberId] of live.staticMembers)
      expect(members.get(memberId)?.groupInstanceId).toBe(instanceId);
    for (const memberId of live.pendingJoins) expect(members.has(memberId)).toBe(false);
  }
}

function recordedPart(image: GroupImage) {
  const ids = [...image.groups.keys()].toSorted();
  return ids.map((groupId) => ({
    groupId,
    recorded: image.groups.get(groupId)?.recorded,
    offsets: [...image.offsets.ofGroup(groupId)].map(([topic, partitions]) => [
      topic,
      [...partitions].sort(([a], [b]) => a - b),
    ]),
  }));
}

/** The whole image as text, to see that nothing has touched it. */
function snapshot(image: GroupImage): string {
  return JSON.stringify([...image.groups.values()], (_, value: unknown) =>
    value instanceof Map || value instanceof Set
      ? [...value]
      : value instanceof Uint8Array
        ? Buffer.from(value).toString("hex")
        : value,
  );
}
