import { createHmac } from "node:crypto";
import type { AlertTargetDraft } from "../../../../lib/contracts/alerts.ts";

/** A target that has not answered by then has failed. */
const ANSWER_MAX_MS = 10_000;

/** What is sent; the same JSON to webhooks and to Kafka topics. Times are ISO 8601 in UTC. */
export type Notification = {
  readonly event: "fired" | "ended" | "test";
  readonly cluster: string;
  readonly rule: string;
  readonly condition: string;
  readonly severity: "warning" | "critical";
  readonly subject: { readonly type: string; readonly name: string };
  /** One sentence for people. */
  readonly text: string;
  readonly peak: number;
  readonly threshold: number;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** The console's page of it; null when nobody knows under which address people reach the console. */
  readonly alertId: number | null;
};

/** Writes a value with its key to a topic of the alert's own cluster. */
export type ProduceNotification = (topic: string, key: string, value: string) => Promise<void>;

/** Sends one notification to one target; rejects with an Error that says why it did not arrive. Never names the target's secrets. */
export async function sendNotification(
  target: AlertTargetDraft,
  notification: Notification,
  { produce, nowMs }: { readonly produce: ProduceNotification; readonly nowMs: number },
): Promise<void> {
  switch (target.kind) {
    case "webhook": {
      const body = JSON.stringify(notification);
      await post(target.url, body, target.secret ? signatureOf(target.secret, body, nowMs) : {});
      return;
    }
    case "slack":
      await post(target.url ?? "", JSON.stringify({ text: slackText(notification) }), {});
      return;
    case "kafka-topic": {
      const { type, name } = notification.subject;
      await produce(target.topic, `${notification.rule}/${type}/${name}`, JSON.stringify(notification));
    }
  }
}

/**
 * The header by which a receiver knows that the body is ours and fresh: `x-odradek-signature: t=<seconds>,v1=<hex>`, where v1 is the
 * HMAC-SHA256 of `<seconds>.<body>` under the shared secret.
 */
export function signatureOf(secret: string, body: string, nowMs: number): Record<string, string> {
  const seconds = Math.floor(nowMs / 1_000);
  const digest = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return { "x-odradek-signature": `t=${seconds},v1=${digest}` };
}

/** Slack's mrkdwn: `&`, `<` and `>` are its control characters. */
function slackText({ event, text, rule, cluster }: Notification): string {
  const marks = { fired: ":red_circle:", ended: ":large_green_circle:", test: ":white_circle:" };
  const safe = (words: string) => words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `${marks[event]} ${safe(text)} _${safe(rule)} · ${safe(cluster)}_`;
}

async function post(url: string, body: string, headers: Record<string, string>): Promise<void> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "odradek", ...headers },
      body,
      redirect: "error",
      signal: AbortSignal.timeout(ANSWER_MAX_MS),
    });
  } catch (error) {
    throw new Error(whyNot(error), { cause: error });
  }
  await response.body?.cancel();
  if (!response.ok) throw new Error(`The target answered ${response.status} ${response.statusText}`.trim());
}

function whyNot(error: unknown): string {
  if (error instanceof Error && error.name === "TimeoutError") return `No answer in ${ANSWER_MAX_MS / 1_000} s`;
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  if (code !== undefined) return `Not reached: ${code}`;
  return cause instanceof Error ? cause.message : "Not reached";
}
