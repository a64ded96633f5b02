import type { FieldShape, TopicShape } from "@/lib/contracts/shape";

/** What is different about a field in a later sample. */
export type FieldDrift = {
  readonly path: readonly string[];
  readonly kind: "new" | "gone" | "types" | "presence";
  /** In plain words: "was string, is string or integer". */
  readonly words: string;
};

/** A share of values that changed by less is chance. */
const presencePoints = 10;

/** Which fields came, went, changed their types, or are there much more or less often, from an earlier sample to a later. */
export function driftOf(earlier: TopicShape, later: TopicShape): FieldDrift[] {
  const before = new Map(earlier.fields.map((field) => [JSON.stringify(field.path), field]));
  const drifts: FieldDrift[] = [];
  for (const field of later.fields) {
    const key = JSON.stringify(field.path);
    const was = before.get(key);
    before.delete(key);
    if (was === undefined) {
      drifts.push({ path: field.path, kind: "new", words: `new: ${typesOf(field)}` });
      continue;
    }
    // Which type is the more frequent one changes by chance.
    if (Object.keys(was.types).toSorted().join() !== Object.keys(field.types).toSorted().join())
      drifts.push({ path: field.path, kind: "types", words: `was ${typesOf(was)}, is ${typesOf(field)}` });
    const [from, to] = [percentOf(was, earlier), percentOf(field, later)];
    if (Math.abs(to - from) >= presencePoints)
      drifts.push({ path: field.path, kind: "presence", words: `was in ${from} % of values, is in ${to} %` });
  }
  for (const field of before.values())
    drifts.push({ path: field.path, kind: "gone", words: `gone: was ${typesOf(field)}` });
  return drifts;
}

/** The types of a field in words: "string or null". */
export function typesOf({ types }: FieldShape): string {
  return Object.entries(types)
    .sort(([, a], [, b]) => b - a)
    .map(([type]) => type)
    .sort((a, b) => Number(a === "null") - Number(b === "null"))
    .join(" or ");
}

/** The share of the sample's JSON values that have a field, in whole percent. */
export function percentOf({ presence }: FieldShape, { json }: TopicShape): number {
  return json === 0 ? 0 : Math.round((presence / json) * 100);
}
