/** Things named in one line of a plan; the rest are counted. */
const NAMED_MAX = 5;

/** Names in a line: "billing and shipping", "billing, shipping and 3 more". */
export function namesInLine(names: readonly string[]): string {
  const named = names.slice(0, NAMED_MAX);
  const rest = names.length - named.length;
  const last = rest > 0 ? `${rest} more` : named.pop();
  return named.length === 0 ? (last ?? "") : `${named.join(", ")} and ${last ?? ""}`;
}
