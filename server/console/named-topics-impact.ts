import type { Impact } from "../../lib/contracts/changes.ts";
import { formatNumberOf } from "../../lib/format.ts";

/** Topics named in a plan; the rest are counted. */
const NAMED_MAX = 20;

/** A topic of a plan with the messages that it loses; null where they could not be counted. */
export type LosingTopic = { readonly name: string; readonly messages: number | null };

/** Which topics a plan of several is about, those that lose most first: they were chosen in a list that may be hidden by now. */
export function namedTopicsImpact(topics: readonly LosingTopic[]): Impact[] {
  if (topics.length < 2) return [];
  const shown = topics
    .toSorted((a, b) => (b.messages ?? Infinity) - (a.messages ?? Infinity) || (a.name < b.name ? -1 : 1))
    .slice(0, NAMED_MAX)
    .map(({ name, messages }) => (messages === null ? name : `${name} (${formatNumberOf(messages, "message")})`));
  const rest = topics.length - shown.length;
  return [{ severity: "info", text: `${[...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(", ")}.` }];
}
