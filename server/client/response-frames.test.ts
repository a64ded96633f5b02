import { describe, expect, test } from "vitest";
import { AnswerMemory } from "./answer-memory.ts";
import { ResponseFrames } from "./response-frames.ts";

const LARGE = 300 * 1024;

function stream(...frames: readonly Buffer[]): Buffer {
  return Buffer.concat(
    frames.flatMap((frame) => {
      const size = Buffer.alloc(4);
      size.writeInt32BE(frame.length);
      return [size, frame];
    }),
  );
}

const counted = (bytes: number, first: number) => Buffer.from(Uint8Array.from({ length: bytes }, (_, i) => i + first));

describe("frames", () => {
  test("come out whole, received where they belong or elsewhere, at any split", () => {
    const sent = [counted(LARGE, 1), counted(10, 7), counted(LARGE * 2, 3), counted(70_000, 9)];
    const bytes = stream(...sent);
    for (const step of [1_000, 65_536, 100_001, bytes.length]) {
      const came: Buffer[] = [];
      let inPlace = 0;
      const frames = new ResponseFrames((frame) => came.push(frame));
      for (let at = 0; at < bytes.length;) {
        const place = frames.place();
        const count = Math.min(step, bytes.length - at, place?.length ?? step);
        if (place !== undefined) inPlace += 1;
        const room = place?.subarray(0, count) ?? Buffer.alloc(count);
        bytes.copy(room, 0, at, at + count);
        frames.push(room);
        at += count;
      }
      // Compared here: one by one it would take seconds.
      expect(came.map((frame, index) => frame.equals(sent[index] ?? Buffer.alloc(0)))).toEqual(sent.map(() => true));
      if (step < LARGE) expect(inPlace).toBeGreaterThan(0);
    }
  });

  test("are put where the reader wants them", () => {
    const memory = new AnswerMemory();
    const frames = new ResponseFrames(
      () => {},
      (size) => memory.roomFor(size),
    );
    frames.push(stream(counted(LARGE, 5)));
    expect(memory.roomFor(LARGE).equals(counted(LARGE, 5))).toBe(true);
  });
});

describe("memory for answers", () => {
  test("is the same for each answer, and grows", () => {
    const memory = new AnswerMemory();
    const first = memory.roomFor(1_000);
    expect(memory.roomFor(900).buffer === first.buffer).toBe(true);
    expect(memory.roomFor(5_000).length).toBe(5_000);
    expect(memory.roomFor(5_000).buffer === memory.roomFor(10).buffer).toBe(true);
  });

  test("is not kept where an answer is very large", () => {
    const memory = new AnswerMemory();
    const small = memory.roomFor(1_000);
    expect(memory.roomFor(50 * 1024 * 1024).length).toBe(50 * 1024 * 1024);
    expect(memory.roomFor(1_000).buffer === small.buffer).toBe(true);
  });
});
