import { boolean, int, short, type ConfigDefinition } from "./definition.ts";

/** Transactions. */
export const transactionConfigs = {
  "transaction.max.timeout.ms": int(900_000, {
    min: 1,
    importance: "high",
    doc: "The longest transaction time-out that a producer may ask for.",
  }),
  "transactional.id.expiration.ms": int(604_800_000, {
    min: 1,
    importance: "high",
    doc: "How long an idle transactional id is remembered.",
  }),
  "transaction.abort.timed.out.transaction.cleanup.interval.ms": int(10_000, {
    min: 1,
    importance: "low",
    doc: "How often transactions past their time-out are looked for and aborted.",
  }),
  "transaction.remove.expired.transaction.cleanup.interval.ms": int(3_600_000, {
    min: 1,
    importance: "low",
    doc: "How often idle transactional ids are looked for and forgotten.",
  }),
  "transaction.partition.verification.enable": boolean(true, {
    importance: "low",
    scope: "cluster-wide",
    doc: "Checks with the coordinator that a transactional batch belongs to an open transaction before it is written.",
  }),
  "transaction.two.phase.commit.enable": boolean(false, {
    importance: "low",
    doc: "Allows transactions that wait for an outside coordinator and have no time-out.",
  }),
  "transaction.state.log.num.partitions": int(50, {
    min: 1,
    importance: "high",
    doc: "Partitions of __transaction_state. Never change it once the topic exists.",
  }),
  "transaction.state.log.replication.factor": short(3, {
    min: 1,
    importance: "high",
    doc: "Replicas of __transaction_state.",
  }),
  "transaction.state.log.min.isr": int(2, {
    min: 1,
    importance: "high",
    doc: "min.insync.replicas of __transaction_state.",
  }),
  "transaction.state.log.segment.bytes": int(104_857_600, {
    min: 1,
    importance: "high",
    doc: "Segment size of __transaction_state.",
  }),
  "transaction.state.log.load.buffer.size": int(5_242_880, {
    min: 1,
    importance: "high",
    doc: "Bytes that are read at a time when a coordinator loads its transactions.",
  }),
  "add.partitions.to.txn.retry.backoff.ms": int(20, {
    min: 1,
    importance: "high",
    doc: "The pause before a broker asks the coordinator again about a transaction that is still ending.",
  }),
  "add.partitions.to.txn.retry.backoff.max.ms": int(100, {
    min: 0,
    importance: "high",
    doc: "The longest that pause may become.",
  }),
} as const satisfies Record<string, ConfigDefinition>;
