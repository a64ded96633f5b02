import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FrameReader } from "./frame-reader.ts";

function frameOf(body: Uint8Array): Uint8Array {
  const frame = Buffer.alloc(4 + body.byteLength);
  frame.writeInt32BE(body.byteLength);
  frame.set(body, 4);
  return frame;
}

/** Reads a stream given in pieces; takes at most `perPiece` frames after each piece, as a connection under backpressure does, and the rest at the end. */
function read(pieces: readonly Uint8Array[], perPiece = Infinity): Uint8Array[] {
  const reader = new FrameReader(1000);
  const frames: Uint8Array[] = [];
  const take = (limit: number) => {
    for (let taken = 0; taken < limit; taken++) {
      const frame = reader.peek();
      if (frame === undefined) return;
      expect(reader.peek()).toBe(frame);
      frames.push(Uint8Array.from(frame));
      reader.advance();
    }
  };
  for (const piece of pieces) {
    const lent = Uint8Array.from(piece);
    reader.push(lent);
    take(perPiece);
    reader.settle();
    lent.fill(0xee);
  }
  take(Infinity);
  return frames;
}

function cut(stream: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...cuts.map((place) => place % (stream.byteLength + 1)).sort((a, b) => a - b), stream.byteLength];
  return places.slice(1).map((place, index) => stream.subarray(places[index], place));
}

describe("FrameReader", () => {
  test("gives the same frames however the stream is cut and however few are taken at a time", () => {
    const bodies = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 });
    fc.assert(
      fc.property(bodies, fc.array(fc.nat(), { maxLength: 12 }), fc.nat(3), (frames, cuts, perPiece) => {
        const stream = Buffer.concat(frames.map(frameOf));
        expect(read(cut(stream, cuts), perPiece)).toEqual(frames);
      }),
      { numRuns: 500 },
    );
  });

  test("gives the frames at every single cut of a stream", () => {
    const frames = [Uint8Array.of(1, 2, 3), new Uint8Array(0), new Uint8Array(300).fill(7), Uint8Array.of(9)];
    const stream = Buffer.concat(frames.map(frameOf));
    for (let place = 0; place <= stream.byteLength; place++) expect(read(cut(stream, [place]))).toEqual(frames);
    expect(read([...stream].map((byte) => Uint8Array.of(byte)))).toEqual(frames);
  });

  test("gives a whole frame in place, without a copy", () => {
    const reader = new FrameReader(1000);
    const stream = Buffer.concat([frameOf(Uint8Array.of(1, 2)), frameOf(Uint8Array.of(3))]);
    reader.push(stream);
    expect(reader.peek()?.buffer).toBe(stream.buffer);
    reader.advance();
    expect(reader.peek()?.buffer).toBe(stream.buffer);
    reader.advance();
    reader.settle();
    expect(reader.heldBytes).toBe(0);
  });

  test("holds no more memory than bytes came for a frame that says it is large", () => {
    const reader = new FrameReader(100_000_000);
    const size = Buffer.alloc(4);
    size.writeInt32BE(99_000_000);
    reader.push(size);
    expect(reader.peek()).toBeUndefined();
    reader.settle();
    expect(reader.heldBytes).toBe(4);
  });

  test.each([
    ["a size over the limit", Uint8Array.of(0, 0, 3, 0xe9), { kind: "bad-size", sizeBytes: 1001, maxBytes: 1000 }],
    ["a negative size", Uint8Array.of(255, 255, 255, 255), { kind: "bad-size", sizeBytes: -1, maxBytes: 1000 }],
    ["HTTP", Buffer.from("GET / HTTP/1.1\r\n"), { kind: "http" }],
    ["a TLS hello", Uint8Array.of(0x16, 0x03, 0x01, 0x02, 0x00), { kind: "tls" }],
  ])("stops at %s", (_, bytes, problem) => {
    for (let place = 0; place <= bytes.byteLength; place++) {
      const reader = new FrameReader(1000);
      for (const piece of cut(bytes, [place])) {
        reader.push(piece);
        expect(reader.peek()).toBeUndefined();
        reader.settle();
      }
      expect(reader.problem).toEqual(problem);
    }
  });

  test("reads a frame of exactly the limit", () => {
    expect(read([frameOf(new Uint8Array(1000))])).toEqual([new Uint8Array(1000)]);
  });

  test("never throws on any bytes", () => {
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 30 })), (pieces) => void read(pieces)));
  });
});
