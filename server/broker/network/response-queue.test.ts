import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ResponseQueue, type Ticket } from "./response-queue.ts";

type Numbered = Ticket & { readonly id: number };

describe("ResponseQueue", () => {
  test("lets answers out in the order of the requests, in whatever order they come", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.array(fc.nat(), { maxLength: 900 }), (count, choices) => {
        const queue = new ResponseQueue<Numbered>();
        const waiting: Numbered[] = [];
        const out: number[] = [];
        const answer = (index: number) => {
          const [ticket] = waiting.splice(index, 1);
          if (ticket !== undefined) ticket.response = [];
          for (let next = queue.takeAnswered(); next !== undefined; next = queue.takeAnswered()) out.push(next.id);
        };
        for (let id = 0; id < count; id++) {
          const ticket = { id, response: undefined };
          waiting.push(ticket);
          queue.add(ticket);
          const choice = choices[id];
          if (choice !== undefined && choice % 3 > 0) answer(choice % waiting.length);
        }
        while (waiting.length > 0) answer(waiting.length - 1);
        expect(out).toEqual(Array.from({ length: count }, (_, id) => id));
        expect(queue.length).toBe(0);
      }),
    );
  });

  test("gives what waits, in order, when it is drained", () => {
    const queue = new ResponseQueue<Numbered>();
    queue.add({ id: 1, response: undefined });
    queue.add({ id: 2, response: undefined });
    expect(queue.drain().map(({ id }) => id)).toEqual([1, 2]);
    expect(queue.length).toBe(0);
  });
});
