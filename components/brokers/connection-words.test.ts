import { describe, expect, test } from "vitest";
import { addressText, connectionsWith, softwareText } from "@/components/brokers/connection-words";
import type { ClientConnection } from "@/lib/contracts/connections";

const java: ClientConnection = {
  host: "10.0.0.7",
  port: 53_112,
  listener: "EXTERNAL",
  securityProtocol: "SASL_SSL",
  clientId: "billing-1",
  software: { name: "apache-kafka-java", version: "4.2.0" },
  principal: "User:billing",
  connectedAtMs: 1,
  requests: 7,
  inWork: 1,
  receivedBytes: 100,
  sentBytes: 2_000,
  lastRequest: { api: "Fetch", atMs: 2 },
};
const silent: ClientConnection = { ...java, host: "::1", clientId: null, software: null, lastRequest: null };

describe("a connection", () => {
  test("is written with its address and library", () => {
    expect([addressText(java), addressText(silent)]).toEqual(["10.0.0.7:53112", "[::1]:53112"]);
    expect([softwareText(java), softwareText(silent)]).toEqual(["apache-kafka-java 4.2.0", ""]);
  });

  test.each([
    ["", [java, silent]],
    ["fetch 4.2", [java]],
    ["USER:billing", [java, silent]],
    ["[::1]", [silent]],
    ["null", []],
  ])("is found by “%s”", (typed, found) => expect(connectionsWith([java, silent], typed)).toEqual(found));
});
