import { AnswerMemory } from "../../client/answer-memory.ts";

/** Fetches of all scans of a cluster that are out at the same time: enough for several brokers, few enough to bound their memory. */
const TURNS_AT_ONCE = 6;

/** A scan as one of those who share the turns: how long its records were looked through so far, in milliseconds. */
export type TurnTaker = { hadMs: number };

/** The right to fetch, and where the answer goes. A fetch that failed may still be answered: put a new memory in its place. */
export type Turn = { memory: AnswerMemory };

/** Shares a thread between its scans: whoever has had the least of it is next, so that a short search need not wait for long ones. */
export class ReadTurns {
  private readonly free: Turn[] = Array.from({ length: TURNS_AT_ONCE }, () => ({ memory: new AnswerMemory() }));
  private readonly waiting: { readonly taker: TurnTaker; readonly start: (turn: Turn) => void }[] = [];
  private readonly takers = new Set<TurnTaker>();

  /** Who comes new has had as much as who had the least of the others: it neither waits for them to end nor holds them up for what they had. */
  join(): TurnTaker {
    const taker = { hadMs: this.takers.size === 0 ? 0 : Math.min(...[...this.takers].map(({ hadMs }) => hadMs)) };
    this.takers.add(taker);
    return taker;
  }

  leave(taker: TurnTaker): void {
    this.takers.delete(taker);
  }

  /** Does the work when it is the taker's turn. */
  async take<T>(taker: TurnTaker, work: (turn: Turn) => Promise<T>): Promise<T> {
    const turn = this.free.pop() ?? (await this.wait(taker));
    try {
      return await work(turn);
    } finally {
      this.pass(turn);
    }
  }

  private wait(taker: TurnTaker): Promise<Turn> {
    return new Promise((start) => {
      this.waiting.push({ taker, start });
    });
  }

  private pass(turn: Turn): void {
    let next = 0;
    for (const [index, { taker }] of this.waiting.entries()) {
      if (taker.hadMs < (this.waiting[next]?.taker.hadMs ?? Number.POSITIVE_INFINITY)) next = index;
    }
    const [chosen] = this.waiting.splice(next, 1);
    if (chosen === undefined) this.free.push(turn);
    else chosen.start(turn);
  }
}
