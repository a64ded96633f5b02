/** What a piece of an expression is. `broken` is a text without its closing quote, or a character that CEL does not have. */
export type CelTokenKind = "space" | "name" | "member" | "number" | "text" | "atom" | "operator" | "broken";

/** A piece of an expression; `end` is exclusive. Positions count UTF-16 units. */
export type CelToken = { readonly kind: CelTokenKind; readonly start: number; readonly end: number };

const pieces: readonly (readonly [CelTokenKind, RegExp])[] = [
  ["space", /\s+|\/\/[^\n]*/y],
  ["text", /[bBrR]{0,2}(?:"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')/y],
  ["broken", /[bBrR]{0,2}["'].*/y],
  ["number", /0[xX][0-9a-fA-F]+u?|(?:\d+\.\d+|\.\d+|\d+)(?:[eE][+-]?\d+)?u?/y],
  ["name", /[A-Za-z_][A-Za-z0-9_]*/y],
  ["operator", /&&|\|\||[=!<>]=|[-+*/%<>!?:.,()[\]{}]/y],
];

const atoms = new Set(["true", "false", "null", "in"]);

/** Cuts a CEL expression into pieces that together are the whole text, for colours and completion. Never fails: it need not be a whole expression. */
export function celTokens(text: string): CelToken[] {
  const tokens: CelToken[] = [];
  let isAfterDot = false;
  for (let start = 0; start < text.length;) {
    const { kind, end } = pieceAt(text, start);
    const word = text.slice(start, end);
    tokens.push({ kind: kind === "name" ? nameKind(word, isAfterDot) : kind, start, end });
    if (kind !== "space") isAfterDot = word === "." || (isAfterDot && word === "?");
    start = end;
  }
  return tokens;
}

function pieceAt(text: string, start: number): { readonly kind: CelTokenKind; readonly end: number } {
  for (const [kind, pattern] of pieces) {
    pattern.lastIndex = start;
    if (pattern.test(text)) return { kind, end: pattern.lastIndex };
  }
  return { kind: "broken", end: start + 1 };
}

function nameKind(word: string, isAfterDot: boolean): CelTokenKind {
  if (isAfterDot) return "member";
  return atoms.has(word) ? "atom" : "name";
}
