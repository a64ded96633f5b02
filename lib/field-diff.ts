import { jsonLines } from "@/lib/json-text";

/** One field that is not the same in two versions of a value. */
export type FieldChange = {
  /** A JSON pointer; empty for values that are no objects. */
  readonly pointer: string;
  readonly kind: "added" | "removed" | "changed";
  readonly before: string | null;
  readonly after: string | null;
};

/** The fields of a JSON text that hold no others, each as it was written. */
function leavesOf(json: string): Map<string, string> {
  const leaves = new Map<string, string>();
  for (const { pointer, value } of jsonLines(json)) {
    if (pointer !== undefined && value !== undefined && value !== "{" && value !== "[") leaves.set(pointer, value);
  }
  return leaves;
}

/**
 * What changed between two JSON texts, field by field, in the order of the later one; numbers are compared as they were written. Texts without
 * fields are one field of their own.
 */
export function diffFields(before: string, after: string): FieldChange[] {
  const old = leavesOf(before);
  const now = leavesOf(after);
  if (old.size === 0 && now.size === 0) {
    return before === after ? [] : [{ pointer: "", kind: "changed", before, after }];
  }
  const changes: FieldChange[] = [];
  for (const [pointer, value] of now) {
    const was = old.get(pointer);
    if (was === undefined) changes.push({ pointer, kind: "added", before: null, after: value });
    else if (was !== value) changes.push({ pointer, kind: "changed", before: was, after: value });
  }
  for (const [pointer, value] of old) {
    if (!now.has(pointer)) changes.push({ pointer, kind: "removed", before: value, after: null });
  }
  return changes;
}
