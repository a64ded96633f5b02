import { RE2JS, RE2JSException } from "re2js";

const PATTERN_CHARACTERS_MAX = 1_000;
/** Patterns may come from records, so the compiled ones are few. */
const COMPILED_MAX = 32;

const compiled = new Map<string, RE2JS>();

/** Whether a regular expression (RE2's syntax) is found in a text. Time is linear in the text. Throws for a pattern that is none. */
export function findsRegularExpression(text: string, pattern: string): boolean {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    if (compiled.size >= COMPILED_MAX) compiled.clear();
    expression = RE2JS.compile(pattern);
    compiled.set(pattern, expression);
  }
  return expression.matcher(text).find();
}

/** Why a pattern is no regular expression, in words; undefined when it is one. */
export function checkRegularExpression(pattern: string): string | undefined {
  if (pattern.length > PATTERN_CHARACTERS_MAX)
    return `A regular expression has at most ${PATTERN_CHARACTERS_MAX} characters.`;
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return `This is no regular expression of RE2: ${error.message}`;
  }
}
