import { expect, test } from "vitest";
import { type InFlight, InFlightQueue } from "./in-flight.ts";

function request(correlationId: number): InFlight {
  const nothing = (): void => undefined;
  return { correlationId, take: nothing, fail: nothing, memory: undefined, timer: undefined, settled: false };
}

test("requests come out in the order in which they were sent, however many wait", () => {
  const queue = new InFlightQueue();
  let sent = 0;
  let taken = 0;
  for (const [adds, takes] of [
    [3, 1],
    [200, 150],
    [1, 53],
    [2, 1],
    [90, 91],
  ] as const) {
    for (let index = 0; index < adds; index++) queue.push(request(sent++));
    for (let index = 0; index < takes; index++) expect(queue.shift()?.correlationId).toBe(taken++);
    expect(queue.count).toBe(sent - taken);
    expect(queue.next?.correlationId).toBe(sent === taken ? undefined : taken);
  }
  expect(queue.shift()).toBeUndefined();
});

test("a request that was answered is not kept", () => {
  const queue = new InFlightQueue();
  queue.push(request(1));
  queue.push(request(2));
  queue.shift();
  // What is left of it in the queue's own fields.
  expect(JSON.stringify(queue)).not.toContain('"correlationId":1');
  queue.shift();
  expect(JSON.stringify(queue)).not.toContain("correlationId");
});
