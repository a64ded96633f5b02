import { describe, expect, test } from "vitest";
import type { StreamEvent, Subscription } from "../../../lib/contracts/stream.ts";
import { StreamHub } from "./stream-hub.ts";
import { TabStream } from "./tab-stream.ts";

const topics = (id: string): Subscription => ({ channel: "topics", id, cluster: "local" });
const large: StreamEvent = { type: "topics", id: "x".repeat(300_000) };

/** Reads what is there until the stream pauses or ends. */
async function textOf(stream: TabStream, chunks: number): Promise<string> {
  const reader = stream.body.getReader();
  let text = "";
  for (let read = 0; read < chunks; read++) text += new TextDecoder().decode((await reader.read()).value);
  reader.releaseLock();
  return text;
}

describe("a tab's stream", () => {
  test("begins with the pause before a reconnect and its own id", async () => {
    const stream = new TabStream("s1", () => undefined);
    expect(await textOf(stream, 2)).toBe('retry: 1000\n\ndata: {"type":"hello","streamId":"s1"}\n\n');
    stream.close();
  });

  test("a reader that is slow holds its sources, and gets only the newest of what replaces itself", async () => {
    const stream = new TabStream("s1", () => undefined);
    stream.send(large);
    expect(stream.isReady).toBe(false);
    let isReady = false;
    const ready = stream.whenReady().then(() => {
      isReady = true;
    });
    for (const latencyMs of [1, 2, 3]) {
      stream.sendLatest("c", {
        type: "cluster",
        id: "c",
        state: "connected",
        latencyMs,
        lastAnswerMs: 1,
        problem: null,
      });
    }
    await Promise.resolve();
    expect(isReady).toBe(false);
    const text = await textOf(stream, 4);
    await ready;
    expect(text.match(/"latencyMs":\d/g)).toEqual(['"latencyMs":3']);
    stream.close();
  });

  test("a subscription that stays goes on, one that changes begins anew, one that is left out ends", () => {
    const stream = new TabStream("s1", () => undefined);
    const events: string[] = [];
    const start = (_: TabStream, { id, cluster }: Subscription) => {
      events.push(`start ${id} ${cluster}`);
      return () => void events.push(`stop ${id} ${cluster}`);
    };
    stream.subscribe([topics("a"), topics("b")], start);
    stream.subscribe([topics("a"), { ...topics("b"), cluster: "other" }], start);
    stream.subscribe([topics("a")], start);
    stream.close();
    stream.subscribe([topics("c")], start);
    expect(events).toEqual([
      "start a local",
      "start b local",
      "stop b local",
      "start b other",
      "stop b other",
      "stop a local",
    ]);
  });

  test("a follower whose positions moved on is the same follower", () => {
    const stream = new TabStream("s1", () => undefined);
    let starts = 0;
    const start = () => {
      starts += 1;
      return () => undefined;
    };
    const follow = { channel: "messages", id: "m", cluster: "local", topic: "orders", partitions: null } as const;
    stream.subscribe([{ ...follow, positions: {} }], start);
    stream.subscribe([{ ...follow, positions: { 0: "7" } }], start);
    expect(starts).toBe(1);
    stream.subscribe([{ ...follow, topic: "payments", positions: { 0: "7" } }], start);
    expect(starts).toBe(2);
    stream.close();
  });

  test("a source that waits is let go when the tab leaves", async () => {
    const stream = new TabStream("s1", () => undefined);
    stream.send(large);
    const waiting = stream.whenReady();
    await stream.body.cancel();
    await waiting;
    expect(stream.isOpen).toBe(false);
    expect(() => stream.send(large)).not.toThrow();
  });
});

describe("the hub", () => {
  test("ends all streams when the console does, and opens no more", async () => {
    const hub = new StreamHub();
    const stream = hub.open();
    expect(hub.find(stream?.id ?? "")).toBe(stream);
    hub.close();
    expect([hub.count, stream?.isOpen, hub.open()]).toEqual([0, false, undefined]);
  });

  test("has a bound", () => {
    const hub = new StreamHub();
    let opened = 0;
    while (hub.open()) opened += 1;
    expect(opened).toBe(500);
    hub.close();
  });
});
