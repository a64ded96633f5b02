import { describe, expect, test } from "vitest";
import { apis } from "./apis/table.ts";
import type { AnyApi } from "./api.ts";
import { announcedFrameSize, decodeResponseFrame, encodeRequestFrame, encodeResponseFrame } from "./frame.ts";
import { peekRequestRoute, readRequestHeader } from "./request-header.ts";
import golden from "./testing/golden-frames.json" with { type: "json" };

// Recorded between these clients and Apache Kafka 4.2.2, frames without their size. "broker" talks to its controller
// and to itself.
const exchanges = golden.map((exchange) => ({
  ...exchange,
  title: `${exchange.api} v${exchange.version} of ${exchange.client}`,
  request: Buffer.from(exchange.request, "hex"),
  response: Buffer.from(exchange.response, "hex"),
}));

describe.each(exchanges)("$title", ({ api: name, version, request, response }) => {
  test("is read and written byte for byte", () => {
    const route = peekRequestRoute(request);
    const api = apiOf(route.apiKey);
    expect({ name: api.name, version: route.apiVersion }).toEqual({ name, version });

    const { header, bodyPosition } = readRequestHeader(request, api.requestHeaderVersion(version));
    const body = api.request.decode(request.subarray(bodyPosition), version);
    // Narrowing: what an API's own codec decoded is what the same codec encodes.
    expectFrame(encodeRequestFrame(api, header, body as never), request);

    const answer = decodeResponseFrame(api, version, response);
    expect(answer.correlationId).toBe(route.correlationId);
    expectFrame(encodeResponseFrame(api, version, route.correlationId, answer.response as never), response);
  });
});

describe("what the clients meant", () => {
  test("kcat produces one record with acks from all replicas", () => {
    expect(requestOf("Produce", "librdkafka 2.0.2")).toMatchObject({
      clientId: "rdkafka",
      body: { transactionalId: null, acks: -1, topicData: [{ name: "kc", partitionData: [{ index: 0 }] }] },
    });
  });

  test("a Java producer of 4.2 names topics by id, inside a transaction", () => {
    expect(requestOf("Produce", "Apache Kafka 4.2 client")).toMatchObject({
      clientId: "perf-producer-client",
      body: {
        transactionalId: "perf",
        acks: -1,
        topicData: [{ name: "", topicId: expect.stringMatching(/^[\w-]{22}$/u) }],
      },
    });
  });

  test("a Java client tells its name in ApiVersions 4, and gets the finalised features back", () => {
    const { body, response } = requestOf("ApiVersions", "Apache Kafka 4.2 client");
    expect(body).toEqual({ clientSoftwareName: "apache-kafka-java", clientSoftwareVersion: "4.2.2" });
    expect(response).toMatchObject({
      errorCode: 0,
      finalizedFeatures: expect.arrayContaining([
        { name: "transaction.version", maxVersionLevel: 2, minVersionLevel: 2 },
      ]),
    });
  });

  test("a Kafka 4.2 broker tells the ranges that are declared here", () => {
    const { response } = requestOf("ApiVersions", "Apache Kafka 4.2 client");
    const declared = [...apis.values()].filter((api) => api.listeners.includes("broker"));
    const ranges = declared.map(({ key, advertisedVersions: { min, max } }) => ({
      apiKey: key,
      minVersion: min,
      maxVersion: max,
    }));
    // Telemetry is told only by brokers with a receiver for it (KIP-714).
    expect(response).toMatchObject({ apiKeys: ranges.filter(({ apiKey }) => apiKey !== 71 && apiKey !== 72) });
  });

  test("kafkajs joins a group with a member id that the coordinator gave it", () => {
    const { body, response } = requestOf("JoinGroup", "kafkajs 2.2.4");
    expect(body).toMatchObject({
      groupId: "shop",
      protocolType: "consumer",
      protocols: [{ name: "RoundRobinAssigner" }],
    });
    expect(response).toMatchObject({
      errorCode: 0,
      generationId: 1,
      protocolName: "RoundRobinAssigner",
      members: [{ groupInstanceId: null }],
    });
  });

  function requestOf(name: string, client: string): { clientId: string | null; body: unknown; response: unknown } {
    const exchange = exchanges.find((one) => one.api === name && one.client === client);
    if (exchange === undefined) throw new Error(`no ${name} of ${client} was recorded`);
    const api = apiOf(peekRequestRoute(exchange.request).apiKey);
    const { header, bodyPosition } = readRequestHeader(exchange.request, api.requestHeaderVersion(exchange.version));
    return {
      clientId: header.clientId,
      body: api.request.decode(exchange.request.subarray(bodyPosition), exchange.version),
      response: decodeResponseFrame(api, exchange.version, exchange.response).response,
    };
  }
});

function apiOf(key: number): AnyApi {
  const api = apis.get(key);
  if (api === undefined) throw new Error(`no API ${key}`);
  return api;
}

function expectFrame(buffers: readonly Uint8Array[], expected: Buffer): void {
  const frame = Buffer.concat(buffers);
  expect(announcedFrameSize(frame)).toBe(expected.length);
  expect(frame.subarray(4).toString("hex")).toBe(expected.toString("hex"));
}
