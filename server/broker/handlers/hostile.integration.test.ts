import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Socket } from "../../environment/environment.ts";
import { createLog } from "../../environment/real/log.ts";
import { realEnvironment } from "../../environment/real/real-environment.ts";
import { ApiVersions } from "../../wire/apis/api-versions.ts";
import { Metadata } from "../../wire/apis/metadata.ts";
import { arbitraryOf } from "../../wire/testing/arbitrary.ts";
import { writeRequestHeader } from "../../wire/request-header.ts";
import { Writer } from "../../wire/writer.ts";
import { startCluster, type TestCluster } from "../testing/start-cluster.ts";
import { TestClient } from "../testing/test-client.ts";
import { brokerHandlers } from "./table.ts";

/** Lines that tell of a bug; there must be none. */
const bugs: string[] = [];
const environment = realEnvironment({
  log: createLog({ format: "json", level: "error", destination: { write: (line: string) => void bugs.push(line) } }),
});
let cluster: TestCluster;
let client: TestClient;
beforeAll(async () => {
  cluster = await startCluster({ environment });
  client = await TestClient.connect(cluster.bootstrap);
  names.topicId = await client.createTopic("topic");
});
afterAll(async () => {
  client.close();
  await cluster.stop();
});

/** Fixed, so that a failure comes again. */
const seed = 20_260_101;
const served = [...brokerHandlers.values()].flatMap(({ api }) => {
  const { min, max } = api.validVersions;
  return min === max
    ? [{ api, version: max }]
    : [
        { api, version: min },
        { api, version: max },
      ];
});
/** Names of things that exist, by the fields that name them: with these a request gets further than with random ones. */
const names: Record<string, unknown> = { topicId: "" };
for (const field of ["name", "topic", "topicName", "resourceName"]) names[field] = "topic";
for (const field of ["groupId", "key", "group"]) names[field] = "group";
for (const field of ["partition", "partitionIndex", "index"]) names[field] = 0;
for (const field of ["partitions", "partitionIndexes"]) names[field] = [0, 1];
names["resourceType"] = 2;

/** The request with real names in place of half of the random ones. */
function withNames(value: unknown, isReal: () => boolean): unknown {
  if (Array.isArray(value)) return value.map((element) => withNames(element, isReal));
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  const entries = Object.entries(value).map(([field, inner]) => {
    const real = names[field];
    const fits = real !== undefined && typeof real === typeof inner && Array.isArray(real) === Array.isArray(inner);
    const isOfNumbers = Array.isArray(inner) && typeof inner[0] === "number";
    const isAbsent = inner === "";
    if (fits && !isAbsent && (!Array.isArray(inner) || isOfNumbers) && isReal()) return [field, real];
    return [field, withNames(inner, isReal)];
  });
  return Object.fromEntries(entries);
}

/** What a client may do to a frame: cut it, or change some bytes of it. */
const damage = fc.oneof(
  fc.constant((frame: Uint8Array) => frame),
  fc.nat().map((at) => (frame: Uint8Array) => frame.subarray(0, at % (frame.byteLength + 1))),
  fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }).map((changes) => (frame: Uint8Array) => {
    const changed = Uint8Array.from(frame);
    for (const [at, byte] of changes) changed[8 + (at % Math.max(1, frame.byteLength - 8))] = byte;
    return changed;
  }),
);

describe("a client that sends nonsense", () => {
  for (const { api, version } of served) {
    test(`is answered or cut off when it is ${api.name} v${version}, and the broker goes on`, async () => {
      const requests = fc.sample(fc.tuple(arbitraryOf(api.request.fields, version), damage), { seed, numRuns: 40 });
      let draw = 0;
      for (const [random, harm] of requests) {
        const request = withNames(random, () => draw++ % 4 !== 0);
        const writer = new Writer();
        const header = { requestApiKey: api.key, requestApiVersion: version, correlationId: 1, clientId: "hostile" };
        writeRequestHeader(writer, header, api.requestHeaderVersion(version));
        api.request.write(writer, request as never, version);
        const socket = await sendFrame(harm(Buffer.concat(writer.buffers())));
        await client.ask(ApiVersions, { clientSoftwareName: "t", clientSoftwareVersion: "1" });
        socket.destroy();
      }
      expect(bugs.splice(0)).toEqual([]);
      const { topics } = await client.ask(Metadata, { topics: [{ name: "topic" }], allowAutoTopicCreation: false });
      expect(topics).toHaveLength(1);
    });
  }
});

async function sendFrame(frame: Uint8Array): Promise<Socket> {
  const [host = "", port] = cluster.bootstrap.split(":");
  const handlers = { onData: () => undefined, onDrain: () => undefined, onClose: () => undefined };
  const socket = await environment.network.connect({ host, port: Number(port), timeoutMs: 5000 }, handlers);
  const size = Buffer.alloc(4);
  size.writeInt32BE(frame.byteLength);
  socket.write([size, frame]);
  return socket;
}
