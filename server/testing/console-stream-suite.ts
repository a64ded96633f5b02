import { beforeAll, describe, expect, test } from "vitest";
import { type StreamEvent, streamEvent } from "../../lib/contracts/stream.ts";
import { localUser } from "../console/actor.ts";
import type { ConsoleContext } from "../console/context.ts";
import { createTopic } from "../console/create-topic.ts";
import { openStream, subscribeStream } from "../console/stream/open-stream.ts";
import { bad, clientOf, cluster, good } from "./console-context.ts";
import { appendBatch, makeTopic, textRecord } from "./seed-topic.ts";

/** What a tab's event stream promises, on the cluster of the console that is given. */
export function describeEventStream(consoleOf: () => ConsoleContext): void {
  describe("the event stream of a tab", () => {
    let context: ConsoleContext;
    beforeAll(() => {
      context = consoleOf();
    });

    test("says hello, then what was subscribed to, and ends with the tab", async () => {
      await makeTopic(clientOf(context), "suite.streamed");
      const left = new AbortController();
      const tab = new TestTab(good(openStream(context, localUser, left.signal)));
      const hello = await tab.next("hello");
      const subscriptions = [
        { channel: "cluster", id: "c", cluster },
        { channel: "topics", id: "t", cluster },
        { channel: "messages", id: "m", cluster, topic: "suite.streamed", partitions: null, positions: { 0: "0" } },
      ] as const;
      const set = { streamId: hello.streamId, subscriptions: [...subscriptions] };
      good(subscribeStream(context, localUser, set));
      expect(await tab.next("cluster")).toMatchObject({ id: "c", state: "connected", problem: null });
      await appendBatch(clientOf(context), { topic: "suite.streamed", partition: 0 }, [
        textRecord(null, "live", Date.now()),
      ]);
      const messages = await tab.next("messages");
      expect(messages.records.map(({ value }) => value.text)).toEqual(["live"]);
      expect(messages).toMatchObject({ id: "m", positions: { 0: "1" }, skipped: 0 });
      const made = { cluster, name: "suite.noticed", partitions: 1, replicationFactor: 1, configs: {} };
      good(await createTopic(context, localUser, made));
      expect(await tab.next("topics")).toEqual({ type: "topics", id: "t" });
      good(subscribeStream(context, localUser, { ...set, subscriptions: [] }));
      left.abort();
      expect(await tab.ended()).toBe(true);
      expect(context.streams.count).toBe(0);
      expect(bad(subscribeStream(context, localUser, set))).toMatchObject({ code: "invalid-input", retryable: true });
    });

    test("says why a subscription cannot go on", async () => {
      const left = new AbortController();
      const tab = new TestTab(good(openStream(context, localUser, left.signal)));
      const { streamId } = await tab.next("hello");
      const follow = {
        channel: "messages",
        id: "m",
        topic: "suite.nowhere",
        partitions: null,
        positions: {},
      } as const;
      good(subscribeStream(context, localUser, { streamId, subscriptions: [{ ...follow, cluster }] }));
      expect((await tab.next("problem")).problem.code).toBe("topic-not-found");
      good(subscribeStream(context, localUser, { streamId, subscriptions: [{ ...follow, cluster: "other" }] }));
      expect((await tab.next("problem")).problem.code).toBe("cluster-not-found");
      left.abort();
    });
  });
}

type EventOf<Type extends StreamEvent["type"]> = Extract<StreamEvent, { readonly type: Type }>;

/** The browser's end of an event stream: parses what comes by the contract. */
class TestTab {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private readonly decoder = new TextDecoder();
  private text = "";

  constructor(body: ReadableStream<Uint8Array>) {
    this.reader = body.getReader();
  }

  /** The next event of a type; others are passed over. */
  async next<Type extends StreamEvent["type"]>(type: Type): Promise<EventOf<Type>> {
    for (;;) {
      const end = this.text.indexOf("\n\n");
      if (end < 0) {
        if (!(await this.more())) throw new Error(`the stream ended before ${type}`);
        continue;
      }
      const block = this.text.slice(0, end);
      this.text = this.text.slice(end + 2);
      if (!block.startsWith("data: ")) continue;
      const event = streamEvent.parse(JSON.parse(block.slice("data: ".length)));
      // Narrowing: the type was just compared.
      if (event.type === type) return event as EventOf<Type>;
    }
  }

  async ended(): Promise<boolean> {
    while (await this.more());
    return true;
  }

  private async more(): Promise<boolean> {
    const { done, value } = await this.reader.read();
    if (!done) this.text += this.decoder.decode(value, { stream: true });
    return !done;
  }
}
