import { expect, test } from "vitest";
import { ConnectionWatch } from "@/components/live/connection-watch";
import { StreamConnection } from "@/lib/stream/stream-connection";

/** A stream whose other end is the test. */
function streamInHand() {
  const hand: { send: (event: unknown) => void; lose: () => void } = { send: () => {}, lose: () => {} };
  const stream = new StreamConnection({
    open(onData, onLoss) {
      hand.send = (event) => onData(JSON.stringify(event));
      hand.lose = onLoss;
      return { close: () => {} };
    },
    subscribe: () => Promise.resolve(true),
    after: () => () => {},
  });
  return { stream, hand };
}

const probe = { id: "connection", type: "cluster", state: "connected", latencyMs: 3, lastAnswerMs: 1, problem: null };

test("tells of a change of the connection, and of none when a probe says the same", () => {
  const { stream, hand } = streamInHand();
  const watch = new ConnectionWatch(stream, "local");
  const told: string[] = [];
  watch.onChange(() => told.push(watch.current.state));
  const end = watch.follow();
  expect(watch.current.state).toBe("connecting");
  hand.send(probe);
  hand.send(probe);
  hand.send({ ...probe, latencyMs: 4 });
  hand.lose();
  expect(told).toEqual(["connected", "connected", "console-lost"]);
  end();
  hand.send({ ...probe, latencyMs: 5 });
  expect(watch.current.state).toBe("console-lost");
});
