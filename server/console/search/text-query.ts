import { type BytePattern, exactPattern, foldedPattern } from "../../client/byte-pattern.ts";

/** Where a word is looked for. */
type TextPlace = "key" | "value" | "header" | "anywhere";

/** One thing that must be there, or must not. */
export type TextTerm = {
  readonly place: TextPlace;
  readonly isExcluded: boolean;
  /** As it may be written: as typed, and as JSON writes it. */
  readonly forms: readonly BytePattern[];
};

const TERMS_MAX = 20;
const piece = /(-)?(?:(key|value|header):)?(?:"((?:\\.|[^"\\])*)"|(\S+))/gy;

/**
 * Reads plain text: every word must be somewhere in a record, whatever its case; what is in quotes must be there exactly as it is; `-` in front
 * excludes; `key:`, `value:` and `header:` say where. Terms beyond the twentieth are taken as one.
 */
export function textTerms(text: string): readonly TextTerm[] {
  const terms: TextTerm[] = [];
  piece.lastIndex = 0;
  for (let rest = text.trimStart(); rest !== "" && terms.length < TERMS_MAX;) {
    piece.lastIndex = 0;
    const match = piece.exec(rest);
    if (match === null) break;
    const [all, minus, place, quoted, word] = match;
    const isQuoted = quoted !== undefined;
    const wanted = isQuoted ? quoted.replaceAll(/\\(["\\])/g, "$1") : (word ?? "");
    if (wanted !== "") {
      terms.push({ place: placeOf(place), isExcluded: minus !== undefined, forms: formsOf(wanted, isQuoted) });
    }
    rest = rest.slice(all.length).trimStart();
  }
  return terms;
}

function placeOf(name: string | undefined): TextPlace {
  return name === "key" || name === "value" || name === "header" ? name : "anywhere";
}

function formsOf(wanted: string, isExact: boolean): readonly BytePattern[] {
  const pattern = isExact ? exactPattern : foldedPattern;
  const texts = new Set([wanted]);
  // ASCII letters are folded as bytes; others are tried in both cases.
  if (!isExact) texts.add(wanted.toLowerCase()).add(wanted.toUpperCase());
  for (const text of [...texts]) {
    const inJson = JSON.stringify(text).slice(1, -1);
    texts
      .add(inJson)
      .add(
        inJson.replaceAll(
          /[\u0080-\uffff]/g,
          (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
        ),
      );
  }
  const isAscii = /^[\u0020-\u007e]*$/.test(wanted) && !/["\\]/.test(wanted);
  return isAscii ? [pattern(wanted)] : [...texts].map(pattern);
}
