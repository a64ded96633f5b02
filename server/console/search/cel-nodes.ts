import type { ASTNode } from "@marcbachmann/cel-js";

/** The parts of a node that are expressions themselves, in the order of the text. */
export function childrenOf(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case "value":
    case "id":
      return [];
    case ".":
    case ".?":
      return [node.args[0]];
    case "call":
      return node.args[1];
    case "rcall":
      return [node.args[1], ...node.args[2]];
    case "list":
      return node.args;
    case "map":
      return node.args.flat();
    case "!_":
    case "-_":
      return [node.args];
    default:
      return node.args;
  }
}

/** The names that lead from a variable to a field (`value.customer["id"]` → value, customer, id); undefined for anything else. */
export function pathOf(node: ASTNode): readonly [string, ...string[]] | undefined {
  switch (node.op) {
    case "id":
      return [node.args];
    case ".":
    case ".?":
      return longer(node.args[0], node.args[1]);
    case "[]":
    case "[?]": {
      const name = textOf(node.args[1]);
      return name === undefined ? undefined : longer(node.args[0], name);
    }
    default:
      return undefined;
  }
}

/** The text of a literal; undefined for anything else. */
export function textOf(node: ASTNode | undefined): string | undefined {
  return node?.op === "value" && typeof node.args === "string" ? node.args : undefined;
}

function longer(from: ASTNode, name: string): readonly [string, ...string[]] | undefined {
  const path = pathOf(from);
  return path && [...path, name];
}
