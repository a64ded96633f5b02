import type { SampledField } from "@/lib/contracts/search";
import { celTokens } from "@/lib/search/cel-tokens";
import { celVariables } from "@/lib/search/language";

/** What may stand at the caret: `from` to `to` of the text is what it takes the place of. */
export type Completion = { readonly from: number; readonly to: number; readonly items: readonly SampledField[] };

const ITEMS_MAX = 8;
const path = /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]*|\["[^"\]]*"?\]?)*$/;

const variables: readonly SampledField[] = celVariables.map((name) => ({
  path: name,
  type: {
    key: "",
    value: "",
    headers: "map",
    topic: "string",
    partition: "int",
    offset: "int",
    timestamp: "timestamp",
  }[name],
  presence: 1,
  sample: "",
}));

/** Completes the field's name before the caret from the fields that a topic's records have; undefined where there is nothing to complete. */
export function completionAt(text: string, caret: number, fields: readonly SampledField[]): Completion | undefined {
  const token = celTokens(text).find(({ start, end }) => start < caret && caret <= end);
  if (token && (token.kind === "text" || token.kind === "broken" || token.kind === "number")) return undefined;
  const typed = path.exec(text.slice(0, caret))?.[0] ?? "";
  if (typed.length < 2) return undefined;
  const wanted = typed.toLowerCase();
  const known = typed.includes(".") || typed.includes("[") ? fields : [...variables, ...fields];
  const items = known.filter((field) => field.path.toLowerCase().startsWith(wanted) && field.path !== typed);
  return items.length === 0 ? undefined : { from: caret - typed.length, to: caret, items: items.slice(0, ITEMS_MAX) };
}
