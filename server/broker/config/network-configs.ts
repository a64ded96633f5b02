import { int, list, long, string, INT_MAX, type ConfigDefinition } from "./definition.ts";

/** Listeners, connections, requests and quotas. */
export const networkConfigs = {
  listeners: list(["PLAINTEXT://:9092"], {
    importance: "high",
    scope: "per-broker",
    doc: "Where the node listens: NAME://host:port, divided by commas. An empty host means every interface, port 0 a free port. Each name needs a protocol in listener.security.protocol.map.",
  }),
  "advertised.listeners": list(null, {
    importance: "high",
    doc: "The addresses that clients are told, by listener name; unset, the same as listeners. Needed when clients reach the broker under another name or port than the one it binds.",
  }),
  "listener.security.protocol.map": string(
    "SASL_SSL:SASL_SSL,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT",
    {
      importance: "low",
      scope: "per-broker",
      doc: "The security protocol of each listener name: NAME:PLAINTEXT, NAME:SSL, NAME:SASL_PLAINTEXT or NAME:SASL_SSL.",
    },
  ),
  "inter.broker.listener.name": string(null, {
    doc: "The listener over which brokers talk to each other. Unset, the one whose protocol is security.inter.broker.protocol.",
  }),
  "security.inter.broker.protocol": string("PLAINTEXT", {
    choices: ["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"],
    doc: "The protocol between brokers when inter.broker.listener.name is not set; only one of the two may be given.",
  }),
  "early.start.listeners": list(null, {
    importance: "high",
    doc: "Listeners that open before the broker is ready to serve. Accepted for compatibility; here all open when the broker is ready.",
  }),
  "num.network.threads": int(3, {
    min: 1,
    importance: "high",
    scope: "cluster-wide",
    doc: "Kafka's number of threads that read and write sockets. Accepted for compatibility; here each broker has one event loop.",
  }),
  "num.io.threads": int(8, {
    min: 1,
    importance: "high",
    scope: "cluster-wide",
    doc: "Kafka's number of threads that handle requests. Accepted for compatibility; here each broker has one event loop.",
  }),
  "background.threads": int(10, {
    min: 1,
    importance: "high",
    scope: "cluster-wide",
    doc: "Kafka's number of threads for background work. Accepted for compatibility; here each broker has one event loop.",
  }),
  "queued.max.requests": int(500, {
    min: 1,
    importance: "high",
    doc: "Kafka's bound of requests that wait for a thread. Accepted for compatibility; here a request is handled as soon as it is read, and a connection with one in work is not read on.",
  }),
  "queued.max.request.bytes": long(-1, {
    doc: "The most bytes of large requests (above 64 KiB) that may be in memory while they come in; beyond, connections are not read until others are done. -1 sets no limit.",
  }),
  "request.timeout.ms": int(30_000, {
    importance: "high",
    doc: "How long the broker waits for the answer to a request of its own before it counts as failed.",
  }),
  "socket.send.buffer.bytes": int(102_400, {
    importance: "high",
    doc: "The send buffer that Kafka asks of the system for a connection; -1 leaves it to the system. Accepted for compatibility; the system decides here.",
  }),
  "socket.receive.buffer.bytes": int(102_400, {
    importance: "high",
    doc: "The receive buffer that Kafka asks of the system for a connection; -1 leaves it to the system. Accepted for compatibility; the system decides here.",
  }),
  "socket.request.max.bytes": int(104_857_600, {
    min: 1,
    importance: "high",
    doc: "The largest request that a connection may send; a larger one closes it.",
  }),
  "socket.listen.backlog.size": int(50, {
    min: 1,
    doc: "Connections that may wait to be accepted. The system may allow fewer.",
  }),
  "max.connections": int(INT_MAX, {
    min: 0,
    scope: "cluster-wide",
    doc: "The most connections that the broker keeps at a time, over all listeners but the one between brokers; can be set for one listener with its prefix. Further ones are closed at once.",
  }),
  "max.connections.per.ip": int(INT_MAX, {
    min: 0,
    scope: "cluster-wide",
    doc: "The most connections from one address; further ones are closed at once.",
  }),
  "max.connections.per.ip.overrides": string("", {
    scope: "cluster-wide",
    check: addressLimits,
    doc: "Other limits for single addresses: address:count, divided by commas.",
  }),
  "max.connection.creation.rate": int(INT_MAX, {
    min: 0,
    scope: "cluster-wide",
    doc: "The most new connections a second on each listener; more wait. Can be set for one listener with its prefix.",
  }),
  "connections.max.idle.ms": long(600_000, { doc: "A connection without traffic for this long is closed." }),
  "connection.failed.authentication.delay.ms": int(100, {
    min: 0,
    importance: "low",
    doc: "How long a connection that failed to authenticate is kept open before it closes, which slows down guessing.",
  }),
  "socket.connection.setup.timeout.ms": long(10_000, {
    doc: "How long the broker waits for a connection of its own to open, the first time.",
  }),
  "socket.connection.setup.timeout.max.ms": long(30_000, {
    doc: "The longest that wait may become after repeated failures.",
  }),
  "fetch.max.bytes": int(57_671_680, {
    min: 1024,
    doc: "The most bytes in one Fetch answer, whatever the client asks for; one batch is always sent, however large.",
  }),
  "max.incremental.fetch.session.cache.slots": int(1000, {
    min: 0,
    doc: "Fetch sessions that the broker remembers; when full, a new one replaces one that is idle.",
  }),
  "max.request.partition.size.limit": int(2000, {
    min: 1,
    doc: "The most partitions in one answer to DescribeTopicPartitions.",
  }),
  "quota.window.num": int(11, { min: 1, importance: "low", doc: "Windows over which client quotas are averaged." }),
  "quota.window.size.seconds": int(1, { min: 1, importance: "low", doc: "Length of one of those windows." }),
  "controller.quota.window.num": int(11, {
    min: 1,
    importance: "low",
    doc: "Windows over which quotas on topic creations and deletions are averaged.",
  }),
  "controller.quota.window.size.seconds": int(1, { min: 1, importance: "low", doc: "Length of one of those windows." }),
  "telemetry.max.bytes": int(1_048_576, {
    min: 1,
    importance: "low",
    doc: "The largest metrics report that a client may push.",
  }),
  "fetch.purgatory.purge.interval.requests": int(1000, {
    doc: "Kafka sweeps finished waiting fetches after this many. Accepted for compatibility; here they are removed at once.",
  }),
  "producer.purgatory.purge.interval.requests": int(1000, {
    doc: "Kafka sweeps finished waiting produce requests after this many. Accepted for compatibility; here they are removed at once.",
  }),
  "delete.records.purgatory.purge.interval.requests": int(1, {
    doc: "Kafka sweeps finished waiting DeleteRecords requests after this many. Accepted for compatibility; here they are removed at once.",
  }),
} as const satisfies Record<string, ConfigDefinition>;

function addressLimits(text: string): string | undefined {
  const entries = text.split(",").filter((entry) => entry.trim() !== "");
  const fits = entries.every((entry) => /^[^,]+:\d{1,9}$/.test(entry.trim()));
  return fits ? undefined : "must be address:count, divided by commas";
}
