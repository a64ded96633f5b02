import { describe, expect, test } from "vitest";
import type { Socket } from "../../environment/environment.ts";
import { createLog } from "../../environment/real/log.ts";
import { realEnvironment } from "../../environment/real/real-environment.ts";
import { ApiVersions } from "../../wire/apis/api-versions.ts";
import { DescribeGroups } from "../../wire/apis/describe-groups.ts";
import { Heartbeat } from "../../wire/apis/heartbeat.ts";
import { ListGroups } from "../../wire/apis/list-groups.ts";
import { Produce } from "../../wire/apis/produce.ts";
import { REBALANCE_IN_PROGRESS, UNKNOWN_SERVER_ERROR, UNSUPPORTED_VERSION } from "../../wire/errors.ts";
import { decodeResponseFrame, encodeRequestFrame } from "../../wire/frame.ts";
import { apiVersionsHandler } from "./api-versions.ts";
import { allowEverything } from "./authorizer.ts";
import type { Call } from "./call.ts";
import { Connection, type ConnectionOwner } from "./connection.ts";
import { ReadMemory } from "./read-memory.ts";
import { RequestMemory } from "./request-memory.ts";
import { handler, handlerTable, hotHandler, type HandlerTable } from "./handler.ts";

type Services = { readonly parked: (() => void)[]; readonly started: string[] };

/** Answers when the test says so. */
const heartbeat = handler(Heartbeat, (request, context: { services: Services }, reply) => {
  context.services.started.push(request.memberId);
  context.services.parked.push(() => reply({ errorCode: REBALANCE_IN_PROGRESS }));
});
const produce = hotHandler(Produce, { overlaps: true }, (request, call: Call<Services>) => {
  const [topic] = request.topicData;
  call.services.started.push(topic?.name ?? "");
  if (request.acks === 0) call.answerNothing();
  else
    call.services.parked.push(() =>
      call.answer(Produce, { responses: [{ name: topic?.name ?? "", partitionResponses: [] }] }),
    );
});
const describeGroups = handler(DescribeGroups, (request, _: { services: Services }, reply) => {
  reply({ groups: request.groups.flatMap((groupId) => [{ groupId }, { groupId }]) });
});
const broken = handler(ListGroups, () => {
  throw new Error("a bug");
});
const table: HandlerTable<Services> = handlerTable([
  heartbeat,
  produce,
  broken,
  describeGroups,
  apiVersionsHandler(
    () => table,
    () => ({ supported: [{ name: "kraft.version", minVersion: 0, maxVersion: 1 }], finalized: [], finalizedEpoch: 7 }),
  ),
]);

class RecordingSocket implements Socket {
  readonly remoteHost = "192.0.2.1";
  readonly remotePort = 1;
  readonly localPort = 9092;
  written: Buffer = Buffer.alloc(0);
  isFull = false;
  paused = false;
  ended = false;

  write(buffers: readonly Uint8Array[]): boolean {
    this.written = Buffer.concat([this.written, ...buffers]);
    return !this.isFull;
  }
  pause(): void {
    this.paused = true;
  }
  resume(): void {
    this.paused = false;
  }
  end(): void {
    this.ended = true;
  }
  destroy(): void {
    this.ended = true;
  }

  /** Correlation ids of the whole answers written so far. */
  get answers(): number[] {
    return this.frames.map((frame) => frame.readInt32BE(0));
  }
  get frames(): Buffer[] {
    const frames: Buffer[] = [];
    for (let at = 0; at < this.written.length; at += 4 + this.written.readInt32BE(at)) {
      frames.push(this.written.subarray(at + 4, at + 4 + this.written.readInt32BE(at)));
    }
    return frames;
  }
}

function open({ isServing = true, memory }: { isServing?: boolean; memory?: RequestMemory | undefined } = {}) {
  const services: Services = { parked: [], started: [] };
  const socket = new RecordingSocket();
  const owner: ConnectionOwner<Services> & { isServing: boolean } = {
    environment: realEnvironment({
      log: createLog({ format: "json", level: "error", destination: { write: () => undefined } }),
    }),
    handlers: table,
    services,
    authorizer: allowEverything,
    requestBytesMax: 1_000_000,
    memory,
    readMemory: new ReadMemory(),
    isServing,
    forget: () => undefined,
    quotasOf: () => undefined,
  };
  const connection = new Connection(owner, { name: "EXTERNAL", securityProtocol: "PLAINTEXT" }, socket, undefined);
  /** Lends the bytes, as a network does, and spoils them afterwards. */
  const receive = (...frames: readonly Uint8Array[]) => {
    const bytes = Buffer.concat(frames);
    connection.onData(bytes);
    bytes.fill(0xee);
  };
  return { ...services, socket, connection, receive, owner };
}

function beat(correlationId: number, memberId = `m${correlationId}`): Uint8Array {
  const header = { requestApiVersion: 4, correlationId, clientId: "test" };
  return Buffer.concat(encodeRequestFrame(Heartbeat, header, { groupId: "g", generationId: 1, memberId }));
}

function send(correlationId: number, acks = -1, bytes = 10): Uint8Array {
  const header = { requestApiVersion: 9, correlationId, clientId: "test" };
  const partitionData = [{ index: 0, records: new Uint8Array(bytes) }];
  return Buffer.concat(
    encodeRequestFrame(Produce, header, {
      acks,
      timeoutMs: 1,
      topicData: [{ name: `t${correlationId}`, partitionData }],
    }),
  );
}

/** A request whose answer has two bytes for each that is asked for. */
function ask(correlationId: number, bytes: number): Uint8Array {
  const groups = ["x".repeat(bytes)];
  return Buffer.concat(
    encodeRequestFrame(DescribeGroups, { requestApiVersion: 0, correlationId, clientId: "c" }, { groups }),
  );
}

describe("Connection", () => {
  test("starts a request when the one before it is answered", () => {
    const { receive, started, parked, socket } = open();
    receive(beat(1), beat(2));
    expect(started).toEqual(["m1"]);
    parked[0]?.();
    expect(started).toEqual(["m1", "m2"]);
    parked[1]?.();
    expect(socket.answers).toEqual([1, 2]);
  });

  test("lets produce requests overlap and answers them in the order they came", () => {
    const { receive, started, parked, socket } = open();
    receive(send(1), send(2), send(3), beat(4));
    expect(started).toEqual(["t1", "t2", "t3"]);
    parked[2]?.();
    parked[1]?.();
    expect(socket.answers).toEqual([]);
    parked[0]?.();
    expect(socket.answers).toEqual([1, 2, 3]);
    expect(started).toEqual(["t1", "t2", "t3", "m4"]);
  });

  test("sends nothing for a produce without acks", () => {
    const { receive, socket, parked } = open();
    receive(send(1, 0), send(2, 0), beat(3));
    parked[0]?.();
    expect(socket.answers).toEqual([3]);
  });

  test("answers what came in one piece with one write", () => {
    const { receive, socket } = open();
    let writes = 0;
    const write = socket.write.bind(socket);
    socket.write = (buffers) => {
      writes++;
      return write(buffers);
    };
    const header = { requestApiVersion: 0, clientId: null };
    receive(
      ...[1, 2, 3].map((correlationId) =>
        Buffer.concat(encodeRequestFrame(ApiVersions, { ...header, correlationId }, {})),
      ),
    );
    expect(socket.answers).toEqual([1, 2, 3]);
    expect(writes).toBe(1);
  });

  test("tells who the client is, what it asked for and how much went either way", () => {
    const { receive, parked, socket, connection } = open();
    const now = { monotonicMs: connection.lastActiveMs + 5_000, wallMs: 1_700_000_005_000 };
    expect(connection.facts(now)).toMatchObject({ clientId: null, requests: 0, lastRequest: null, software: null });
    const hello = Buffer.concat(
      encodeRequestFrame(
        ApiVersions,
        { requestApiVersion: 3, correlationId: 1, clientId: "hello" },
        { clientSoftwareName: "apache-kafka-java", clientSoftwareVersion: "4.2.0" },
      ),
    );
    const request = beat(2);
    receive(hello, request, beat(3));
    const facts = connection.facts(now);
    expect(facts).toMatchObject({
      host: "192.0.2.1",
      port: 1,
      listener: "EXTERNAL",
      securityProtocol: "PLAINTEXT",
      clientId: "test",
      software: { name: "apache-kafka-java", version: "4.2.0" },
      principal: "User:ANONYMOUS",
      requests: 2,
      inWork: 1,
      receivedBytes: hello.byteLength + 2 * request.byteLength,
      sentBytes: socket.written.byteLength,
      lastRequest: { api: "Heartbeat" },
    });
    expect(facts.lastRequest?.atMs).toBeGreaterThanOrEqual(facts.connectedAtMs);
    parked[0]?.();
    expect(connection.facts(now)).toMatchObject({ requests: 3, inWork: 1, sentBytes: socket.written.byteLength });
  });

  test("waits with requests until the node serves", () => {
    const { receive, started, connection, owner } = open({ isServing: false });
    receive(beat(1));
    expect(started).toEqual([]);
    owner.isServing = true;
    connection.resume();
    expect(started).toEqual(["m1"]);
  });

  test("stops reading while a request waits and much of the next is there, and goes on when it is answered", () => {
    const { receive, parked, socket, started } = open();
    receive(beat(1), send(2, -1, 200_000));
    expect(socket.paused).toBe(true);
    parked[0]?.();
    expect(socket.paused).toBe(false);
    expect(started).toEqual(["m1", "t2"]);
  });

  test("goes on reading a large produce request while smaller ones are in work", () => {
    const { receive, parked, socket, started } = open();
    const large = send(2, -1, 200_000);
    receive(send(1), large.subarray(0, 150_000));
    expect(socket.paused).toBe(false);
    receive(large.subarray(150_000));
    expect(started).toEqual(["t1", "t2"]);
    expect(parked).toHaveLength(2);
  });

  test("starts no request until the client has taken the answers before", () => {
    const { receive, parked, socket, started, connection } = open();
    socket.isFull = true;
    receive(beat(1), beat(2));
    parked[0]?.();
    expect(started).toEqual(["m1"]);
    socket.isFull = false;
    connection.onDrain();
    expect(started).toEqual(["m1", "m2"]);
  });

  test("writes large answers before it starts what follows them in the same piece", () => {
    const { receive, socket, started, connection } = open();
    socket.isFull = true;
    receive(ask(1, 20_000), ask(2, 20_000), ask(3, 20_000), beat(4));
    expect(socket.answers).toEqual([1, 2]);
    expect(started).toEqual([]);
    socket.isFull = false;
    connection.onDrain();
    expect(socket.answers).toEqual([1, 2, 3]);
    expect(started).toEqual(["m4"]);
  });

  test("does nothing with an answer that comes after the connection closed", () => {
    const { receive, parked, connection, socket } = open();
    receive(beat(1));
    connection.onClose();
    parked[0]?.();
    expect(socket.answers).toEqual([]);
  });

  test("answers ApiVersions above ours in version 0 with the range that we have", () => {
    const { receive, socket } = open();
    receive(Uint8Array.of(0, 0, 0, 12, 0, 18, 0, 99, 0, 0, 0, 5, 0xff, 0xff, 0xff, 0xff));
    const [frame = Buffer.alloc(0)] = socket.frames;
    const { correlationId, response } = decodeResponseFrame(ApiVersions, 0, frame);
    expect(correlationId).toBe(5);
    expect(response).toMatchObject({
      errorCode: UNSUPPORTED_VERSION,
      apiKeys: [{ apiKey: 18, minVersion: 0, maxVersion: 4 }],
    });
  });

  test.each([
    [3, []],
    [4, [{ name: "kraft.version", minVersion: 0, maxVersion: 1 }]],
  ])(
    "ApiVersions v%i tells ranges from the table, and features from level 0 only to those who can read them",
    (version, supportedFeatures) => {
      const { receive, socket } = open();
      const request = { clientSoftwareName: "kcat", clientSoftwareVersion: "1.7.1" };
      receive(
        ...encodeRequestFrame(ApiVersions, { requestApiVersion: version, correlationId: 1, clientId: "c" }, request),
      );
      const { response } = decodeResponseFrame(ApiVersions, version, socket.frames[0] ?? Buffer.alloc(0));
      expect(response.errorCode).toBe(0);
      expect(response.apiKeys).toContainEqual({ apiKey: 0, minVersion: 0, maxVersion: 13 });
      expect(response.supportedFeatures).toEqual(supportedFeatures);
      expect(response.finalizedFeaturesEpoch).toBe(7);
    },
  );

  test("refuses a client software name that is none", () => {
    const { receive, socket } = open();
    const request = { clientSoftwareName: "-", clientSoftwareVersion: "1" };
    receive(...encodeRequestFrame(ApiVersions, { requestApiVersion: 4, correlationId: 1, clientId: "c" }, request));
    expect(decodeResponseFrame(ApiVersions, 4, socket.frames[0] ?? Buffer.alloc(0)).response.errorCode).toBe(42);
  });

  test("a bug in a handler is answered with UNKNOWN_SERVER_ERROR and the connection lives on", () => {
    const { receive, socket, started } = open();
    receive(...encodeRequestFrame(ListGroups, { requestApiVersion: 3, correlationId: 1, clientId: "c" }, {}));
    const { response } = decodeResponseFrame(ListGroups, 3, socket.frames[0] ?? Buffer.alloc(0));
    expect(response.errorCode).toBe(UNKNOWN_SERVER_ERROR);
    receive(beat(2));
    expect(started).toEqual(["m2"]);
  });

  test.each([
    ["an API that is not served", Uint8Array.of(0, 0, 0, 10, 0, 19, 0, 2, 0, 0, 0, 1, 0xff, 0xff)],
    ["a version that is not served", Uint8Array.of(0, 0, 0, 10, 0, 12, 0, 9, 0, 0, 0, 1, 0xff, 0xff)],
    ["Produce v2, although it is advertised", Uint8Array.of(0, 0, 0, 10, 0, 0, 0, 2, 0, 0, 0, 1, 0xff, 0xff)],
    ["a request that is cut", Uint8Array.of(0, 0, 0, 10, 0, 12, 0, 1, 0, 0, 0, 1, 0xff, 0xff)],
    ["a frame shorter than a header", Uint8Array.of(0, 0, 0, 2, 0, 12)],
    ["a size over the limit", Uint8Array.of(0x7f, 0, 0, 0)],
    ["a TLS hello", Uint8Array.of(0x16, 3, 1, 2, 0, 1)],
  ])("closes the connection without an answer for %s", (_, bytes) => {
    const { receive, socket } = open();
    receive(bytes);
    expect(socket.ended).toBe(true);
    expect(socket.written).toHaveLength(0);
  });

  test("tells a browser what kind of port this is", () => {
    const { receive, socket } = open();
    receive(Buffer.from("GET / HTTP/1.1\r\nHost: localhost:9092\r\n\r\n"));
    expect(socket.ended).toBe(true);
    expect(socket.written.toString()).toContain("This is a Kafka listener");
  });
});

describe("queued.max.request.bytes", () => {
  test("holds a large request back, unread, while another one is coming in", () => {
    const memory = new RequestMemory(10);
    const one = open({ memory });
    const other = open({ memory });
    const frame = Buffer.concat([Buffer.from([0, 1, 0x86, 0xa0]), Buffer.alloc(70_000)]);
    one.receive(frame);
    other.receive(frame);
    expect([one.socket.paused, other.socket.paused]).toEqual([false, true]);
    one.connection.onClose();
    expect(other.socket.paused).toBe(false);
  });

  test("lets small ones through", () => {
    const memory = new RequestMemory(10);
    open({ memory }).receive(Buffer.concat([Buffer.from([0, 1, 0x86, 0xa0]), Buffer.alloc(70_000)]));
    const small = open({ memory });
    const frame = beat(1, "m".repeat(30_000));
    small.receive(frame.subarray(0, 20_000));
    expect(small.socket.paused).toBe(false);
    small.receive(frame.subarray(20_000));
    expect(small.started).toEqual(["m".repeat(30_000)]);
  });
});
