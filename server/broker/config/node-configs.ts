import { boolean, int, list, long, string, LONG_MAX, type ConfigDefinition } from "./definition.ts";

/** The node, the controller quorum and the metadata log. */
export const nodeConfigs = {
  "node.id": int(-1, {
    required: true,
    min: 0,
    importance: "high",
    doc: "The node's number in the cluster, unique over brokers and controllers.",
  }),
  "broker.id": int(-1, { importance: "high", doc: "The older name of node.id." }),
  "process.roles": list([], {
    required: true,
    choices: ["broker", "controller"],
    importance: "high",
    doc: "What the node is: broker, controller, or both.",
  }),
  "controller.listener.names": list([], {
    required: true,
    importance: "high",
    doc: "The listeners of the controllers; brokers connect to the first.",
  }),
  "controller.quorum.voters": list([], {
    importance: "high",
    doc: "The controllers: id@host:port, divided by commas. The same on all nodes.",
  }),
  "controller.quorum.bootstrap.servers": list([], {
    importance: "high",
    doc: "Addresses at which a node can ask for the controllers, where they are not fixed by controller.quorum.voters.",
  }),
  "controller.quorum.fetch.timeout.ms": int(2000, {
    min: 0,
    importance: "high",
    doc: "How long a node may go without a successful fetch from the controller before it looks for another.",
  }),
  "controller.quorum.election.timeout.ms": int(1000, {
    min: 0,
    importance: "high",
    doc: "How long a candidate waits for votes. The bundled cluster has one fixed controller, which needs no election.",
  }),
  "controller.quorum.election.backoff.max.ms": int(1000, {
    min: 0,
    importance: "high",
    doc: "The longest pause after an election without a result. The bundled cluster has one fixed controller, which needs no election.",
  }),
  "controller.quorum.request.timeout.ms": int(2000, {
    min: 0,
    doc: "How long a request to the controller may take before it is sent again.",
  }),
  "controller.quorum.retry.backoff.ms": int(20, {
    min: 0,
    importance: "low",
    doc: "The pause before a request to the controller is repeated.",
  }),
  "controller.quorum.append.linger.ms": int(25, {
    min: 0,
    doc: "How long Kafka's controller collects records before it writes them. Here they are written at once.",
  }),
  "controller.quorum.auto.join.enable": boolean(false, {
    importance: "low",
    doc: "Lets a controller that is not a voter join the voters by itself. The bundled cluster's voters are fixed, so it can only be false.",
  }),
  "controller.socket.timeout.ms": int(30_000, { doc: "Socket time-out of connections to the controller." }),
  "metadata.log.dir": string(null, {
    importance: "high",
    doc: "Where the metadata log is kept; unset, in the first of log.dirs.",
  }),
  "metadata.log.segment.bytes": int(1_073_741_824, {
    min: 8_388_608,
    importance: "high",
    doc: "Size of a segment of the metadata log.",
  }),
  "metadata.log.segment.ms": long(604_800_000, {
    importance: "high",
    doc: "Age at which a segment of the metadata log is closed.",
  }),
  "metadata.log.max.record.bytes.between.snapshots": long(20_971_520, {
    min: 1,
    importance: "high",
    doc: "A snapshot of the metadata is made after this many bytes of new records.",
  }),
  "metadata.log.max.snapshot.interval.ms": long(3_600_000, {
    min: 0,
    importance: "high",
    doc: "A snapshot of the metadata is made after this long if there are new records; 0 makes none by time.",
  }),
  "metadata.max.retention.bytes": long(104_857_600, {
    importance: "high",
    doc: "Size of metadata log and snapshots at which old ones go.",
  }),
  "metadata.max.retention.ms": long(604_800_000, {
    importance: "high",
    doc: "Age at which old segments and snapshots of the metadata log go.",
  }),
  "metadata.max.idle.interval.ms": int(500, {
    min: 0,
    importance: "low",
    doc: "How often an idle controller writes an empty record, by which followers see that it lives; 0 writes none.",
  }),
  "broker.heartbeat.interval.ms": int(2000, { doc: "How often a broker tells the controller that it lives." }),
  "broker.session.timeout.ms": int(9000, {
    doc: "A broker that the controller has not heard from for this long is fenced: its partitions get other leaders.",
  }),
  "initial.broker.registration.timeout.ms": int(60_000, {
    doc: "How long a starting broker tries to register before it gives up.",
  }),
  "controlled.shutdown.enable": boolean(true, { doc: "Whether a stopping broker hands over its leaderships first." }),
  "server.max.startup.time.ms": long(LONG_MAX, {
    min: 0,
    internal: true,
    doc: "How long a start may take before the node gives up.",
  }),
  "internal.metadata.log.segment.bytes": int(null, {
    importance: "low",
    internal: true,
    doc: "Size of a segment of the metadata log below Kafka's minimum, for tests.",
  }),
  "internal.metadata.max.batch.size.in.bytes": int(8_388_608, {
    importance: "low",
    internal: true,
    doc: "The largest batch that the controller writes to the metadata log.",
  }),
  "internal.metadata.max.fetch.size.in.bytes": int(8_388_608, {
    importance: "low",
    internal: true,
    doc: "The most bytes that one fetch of the metadata log asks for.",
  }),
  "internal.metadata.delete.delay.millis": long(60_000, {
    importance: "low",
    internal: true,
    doc: "How long files of the metadata log wait on disk after they have left it.",
  }),
  "unstable.api.versions.enable": boolean(false, {
    importance: "high",
    internal: true,
    doc: "Shows API versions that Kafka still works on. Accepted for compatibility; there are none here.",
  }),
  "unstable.feature.versions.enable": boolean(false, {
    importance: "high",
    internal: true,
    doc: "Allows feature levels that Kafka still works on. Accepted for compatibility; there are none here.",
  }),
  "metric.reporters": list(["org.apache.kafka.common.metrics.JmxReporter"], {
    importance: "low",
    scope: "cluster-wide",
    doc: "Classes that receive Kafka's metrics. Accepted for compatibility; no Java class is loaded here.",
  }),
  "metrics.num.samples": int(2, { min: 1, importance: "low", doc: "Samples from which a metric is computed." }),
  "metrics.recording.level": string("INFO", {
    importance: "low",
    doc: "The lowest level of metrics that are recorded.",
  }),
  "metrics.sample.window.ms": long(30_000, { min: 1, importance: "low", doc: "Length of a sample of a metric." }),
} as const satisfies Record<string, ConfigDefinition>;
