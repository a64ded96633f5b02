import * as z from "zod/mini";
import { clusterSlug, instantMs } from "@/lib/contracts/primitives";
import { problemSchema } from "@/lib/problem";

/** What a rule watches. lib/alert-conditions.ts says of each what it measures, in which unit, and of what. */
export const alertCondition = z.enum([
  "group-lag",
  "group-lag-time",
  "group-stuck",
  "group-no-members",
  "group-rebalances",
  "partitions-offline",
  "partitions-below-min-isr",
  "partitions-under-replicated",
  "broker-gone",
  "disk-used",
]);
export type AlertCondition = z.infer<typeof alertCondition>;

export const alertSeverity = z.enum(["warning", "critical"]);

/** What an alert is about; the name is "" for the cluster as a whole. */
export const alertSubject = z.object({ type: z.enum(["group", "topic", "broker", "cluster"]), name: z.string() });
export type AlertSubject = z.infer<typeof alertSubject>;

const name = z
  .string()
  .check(z.trim(), z.minLength(1, "A rule needs a name."), z.maxLength(80, "At most 80 characters."));
const span = z.int().check(z.minimum(0, "Not below 0."), z.maximum(86_400_000, "At most a day."));

/** What a person says of a rule. */
export const alertRuleDraft = z.object({
  name,
  condition: alertCondition,
  /** Names of groups, topics or brokers; `*` stands for any text. */
  subject: z.string().check(z.minLength(1, "A name, or * for all."), z.maxLength(249)),
  /** The alert fires above it, in the condition's unit. */
  threshold: z.number().check(z.minimum(0, "Not below 0.")),
  /** It ends at or below it: lower than the threshold, so that a value that sways about it does not fire again and again. */
  clearAt: z.number().check(z.minimum(0, "Not below 0.")),
  /** How long the value must stay above before it fires, and below before it ends. */
  forMs: span,
  severity: alertSeverity,
  /** Ids of targets. */
  targets: z.array(z.int()).check(z.maxLength(20)),
  isOn: z.boolean(),
});
export type AlertRuleDraft = z.infer<typeof alertRuleDraft>;

/** A rule as it stands. */
export const alertRule = z.object({
  ...alertRuleDraft.shape,
  id: z.int(),
  /** Nothing is sent before; it is still judged and listed. */
  silencedUntilMs: z.nullable(instantMs),
});
export type AlertRule = z.infer<typeof alertRule>;

/** Where notifications go. */
export const alertTargetKind = z.enum(["webhook", "slack", "kafka-topic"]);
export type AlertTargetKind = z.infer<typeof alertTargetKind>;

const url = z
  .string()
  .check(z.maxLength(2_000), z.regex(/^https?:\/\/[^\s/]+/i, "An address that begins with http:// or https://."));

/** What a person says of a target. A secret that is left out stays as it was. */
export const alertTargetDraft = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("webhook"), name, url, secret: z.optional(z.string().check(z.maxLength(200))) }),
  z.object({ kind: z.literal("slack"), name, url: z.optional(url) }),
  z.object({
    kind: z.literal("kafka-topic"),
    name,
    topic: z
      .string()
      .check(z.regex(/^[\w.-]{1,249}$/, "A topic's name: letters, digits, dots, underscores and hyphens.")),
  }),
]);
export type AlertTargetDraft = z.infer<typeof alertTargetDraft>;

/** A target in lists: its secrets stay on the server. */
export const alertTarget = z.object({
  id: z.int(),
  kind: alertTargetKind,
  name: z.string(),
  /** The address without what is secret in it, or the topic. */
  place: z.string(),
  /** Notifications to this webhook are signed. */
  isSigned: z.boolean(),
});
export type AlertTarget = z.infer<typeof alertTarget>;

/** One notification to one target. */
export const alertDelivery = z.object({
  target: z.string(),
  about: z.enum(["fired", "ended"]),
  state: z.enum(["waiting", "sent", "failed"]),
  attempts: z.int(),
  /** What the last attempt met. */
  problem: z.nullable(z.string()),
  atMs: instantMs,
});
export type AlertDelivery = z.infer<typeof alertDelivery>;

/** Something that a rule found: it fires until it ends. */
export const firedAlert = z.object({
  id: z.int(),
  ruleId: z.int(),
  ruleName: z.string(),
  condition: alertCondition,
  severity: alertSeverity,
  subject: alertSubject,
  /** A sentence that begins after the subject's name. */
  text: z.string(),
  threshold: z.number(),
  /** The largest value while it fired. */
  peak: z.number(),
  startedAtMs: instantMs,
  endedAtMs: z.nullable(instantMs),
  /** The rule was silenced when it fired: nobody was told. */
  isSilenced: z.boolean(),
  deliveries: z.array(alertDelivery),
});
export type FiredAlert = z.infer<typeof firedAlert>;

/** GET /api/clusters/{cluster}/alerts: what fires first, then what fired, newest first; rules and targets by name. */
export const alertList = z.object({
  alerts: z.array(firedAlert),
  rules: z.array(z.object({ ...alertRule.shape, firing: z.int(), isUnjudged: z.boolean() })),
  targets: z.array(alertTarget),
  /** Alerts live only in memory: why. */
  problem: z.nullable(problemSchema),
  readAtMs: instantMs,
});
export type AlertList = z.infer<typeof alertList>;
export type ListedRule = AlertList["rules"][number];

/** Input of the action `saveAlertRule`; a null id makes a new one. */
export const saveAlertRuleInput = z.object({ cluster: clusterSlug, id: z.nullable(z.int()), rule: alertRuleDraft });
export type SaveAlertRuleInput = z.infer<typeof saveAlertRuleInput>;

/** Input of the action `deleteAlertRule`. */
export const deleteAlertRuleInput = z.object({ cluster: clusterSlug, id: z.int() });
export type DeleteAlertRuleInput = z.infer<typeof deleteAlertRuleInput>;

/** Input of the action `silenceAlertRule`; null ends the silence. */
export const silenceAlertRuleInput = z.object({ cluster: clusterSlug, id: z.int(), untilMs: z.nullable(instantMs) });
export type SilenceAlertRuleInput = z.infer<typeof silenceAlertRuleInput>;

/** Input of the action `saveAlertTarget`; a null id makes a new one. */
export const saveAlertTargetInput = z.object({
  cluster: clusterSlug,
  id: z.nullable(z.int()),
  target: alertTargetDraft,
});
export type SaveAlertTargetInput = z.infer<typeof saveAlertTargetInput>;

/** Input of the actions `deleteAlertTarget` and `testAlertTarget`. */
export const alertTargetInput = z.object({ cluster: clusterSlug, id: z.int() });
export type AlertTargetInput = z.infer<typeof alertTargetInput>;
