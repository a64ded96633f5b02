import { describe, expect, test } from "vitest";
import { messagesEvent } from "@/lib/contracts/stream-messages";
import type { StreamEvent, Subscription, SubscriptionSet } from "@/lib/contracts/stream";
import { StreamConnection, type StreamEnvironment } from "@/lib/stream/stream-connection";

type FakeChannel = { readonly onData: (data: string) => void; readonly onLoss: () => void; closed: boolean };

class FakeServer implements StreamEnvironment {
  readonly channels: FakeChannel[] = [];
  readonly sets: { streamId: string; set: SubscriptionSet }[] = [];
  readonly timers: { milliseconds: number; run: () => void }[] = [];
  known = true;

  open(onData: (data: string) => void, onLoss: () => void) {
    const channel: FakeChannel = { onData, onLoss, closed: false };
    this.channels.push(channel);
    return {
      close() {
        channel.closed = true;
      },
    };
  }

  subscribe(streamId: string, set: SubscriptionSet): Promise<boolean> {
    this.sets.push({ streamId, set });
    return Promise.resolve(this.known);
  }

  after(milliseconds: number, run: () => void): () => void {
    const timer = { milliseconds, run };
    this.timers.push(timer);
    return () => {
      const at = this.timers.indexOf(timer);
      if (at >= 0) this.timers.splice(at, 1);
    };
  }

  fire(): void {
    for (const timer of this.timers.splice(0)) timer.run();
  }

  send(event: StreamEvent): void {
    this.channels.at(-1)?.onData(JSON.stringify(event));
  }
}

const topics: Subscription = { channel: "topics", id: "t", cluster: "local" };
const follow: Subscription = {
  channel: "messages",
  id: "m",
  cluster: "local",
  topic: "orders",
  partitions: null,
  positions: {},
};
const settle = () => new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(resolve)));

describe("the stream of a tab", () => {
  test("opens once for many listeners and sends what they listen to as one set", async () => {
    const server = new FakeServer();
    const stream = new StreamConnection(server);
    stream.listen(topics, () => {});
    stream.listen(follow, () => {});
    server.send({ type: "hello", streamId: "s1" });
    await settle();
    expect(server.channels).toHaveLength(1);
    expect(server.sets).toEqual([{ streamId: "s1", set: { subscriptions: [topics, follow] } }]);
    expect(stream.state).toBe("open");
  });

  test("gives an event to its listener alone", () => {
    const server = new FakeServer();
    const stream = new StreamConnection(server);
    const got: string[] = [];
    stream.listen(topics, () => got.push("topics"));
    stream.listen(follow, () => got.push("follow"));
    server.send({ type: "hello", streamId: "s1" });
    server.send({ type: "topics", id: "t" });
    expect(got).toEqual(["topics"]);
  });

  test("subscribes again after a loss, at the positions reached", async () => {
    const server = new FakeServer();
    const stream = new StreamConnection(server);
    const got: string[] = [];
    stream.listen(
      follow,
      (event) => got.push(event.type),
      (raw) => messagesEvent.safeParse(raw).data,
    );
    server.send({ type: "hello", streamId: "s1" });
    await settle();
    server.send({ type: "messages", id: "m", records: [], positions: { "0": "8" }, skipped: 0, problems: [] });
    expect(got).toEqual(["messages"]);
    server.channels.at(-1)?.onLoss();
    expect(stream.state).toBe("lost");
    server.fire();
    server.send({ type: "hello", streamId: "s2" });
    await settle();
    expect(server.sets.at(-1)).toEqual({
      streamId: "s2",
      set: { subscriptions: [{ ...follow, positions: { "0": "8" } }] },
    });
    expect(stream.state).toBe("open");
  });

  test("waits longer after each failure, ten seconds at most", () => {
    const server = new FakeServer();
    const stream = new StreamConnection(server);
    stream.listen(topics, () => {});
    const pauses: number[] = [];
    for (let i = 0; i < 7; i++) {
      server.channels.at(-1)?.onLoss();
      pauses.push(server.timers[0]?.milliseconds ?? 0);
      server.fire();
    }
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  });

  test("opens a new stream when the server has forgotten the old one", async () => {
    const server = new FakeServer();
    const stream = new StreamConnection(server);
    server.known = false;
    stream.listen(topics, () => {});
    server.send({ type: "hello", streamId: "s1" });
    await settle();
    server.fire();
    expect(server.channels).toHaveLength(2);
  });

  test("closes while paused and opens again", () => {
    const server = new FakeServer();
    const stream = new StreamConnection(server);
    stream.listen(topics, () => {});
    stream.pause();
    expect(server.channels[0]?.closed).toBe(true);
    stream.resume();
    expect(server.channels).toHaveLength(2);
  });

  test("closes after the last listener left", () => {
    const server = new FakeServer();
    const stream = new StreamConnection(server);
    stream.listen(topics, () => {})();
    server.fire();
    expect(server.channels[0]?.closed).toBe(true);
    expect(stream.state).toBe("idle");
  });

  test("ignores events it cannot read", () => {
    const server = new FakeServer();
    const stream = new StreamConnection(server);
    stream.listen(topics, () => {});
    server.channels[0]?.onData("not json");
    server.channels[0]?.onData('{"type":"later"}');
    expect(stream.state).toBe("connecting");
  });
});
