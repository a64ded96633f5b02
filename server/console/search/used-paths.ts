import type { ASTNode } from "@marcbachmann/cel-js";
import { childrenOf, pathOf } from "./cel-nodes.ts";

/** A path from the value itself; an empty one is all of it. */
type FieldPath = readonly string[];

/** Which parts of a record an expression looks at: no more need be decoded. */
export type UsedPaths = {
  readonly key: readonly FieldPath[];
  readonly value: readonly FieldPath[];
  readonly headers: boolean;
};

/** Collects them from a whole expression. A macro's own variable of the same name only makes it more. */
export function usedPaths(tree: ASTNode): UsedPaths {
  const found = { key: new Array<FieldPath>(), value: new Array<FieldPath>(), headers: false };
  collect(tree, found);
  return found;
}

function collect(node: ASTNode, found: { key: FieldPath[]; value: FieldPath[]; headers: boolean }): void {
  const path = pathOf(node);
  if (path === undefined) {
    for (const child of childrenOf(node)) collect(child, found);
    return;
  }
  const [root, ...names] = path;
  if (root === "key" || root === "value") found[root].push(names);
  if (root === "headers") found.headers = true;
}
