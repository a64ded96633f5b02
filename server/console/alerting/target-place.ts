import type { AlertTargetDraft } from "../../../lib/contracts/alerts.ts";

/**
 * Where a target is, in words that may be shown: of an address neither user, password nor query, and of Slack's only the host, because its path
 * is the secret.
 */
export function placeOf(target: AlertTargetDraft): string {
  if (target.kind === "kafka-topic") return target.topic;
  if (target.url === undefined || !URL.canParse(target.url)) return "";
  const { protocol, host, pathname } = new URL(target.url);
  return target.kind === "slack" ? `${protocol}//${host}/…` : `${protocol}//${host}${pathname}`;
}
