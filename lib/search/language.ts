/** How what was typed is read. */
export const searchLanguages = ["text", "cel"] as const;
export type SearchLanguage = (typeof searchLanguages)[number];

/** What an expression can ask of a record. */
export const celVariables = ["key", "value", "headers", "topic", "partition", "offset", "timestamp"] as const;

const variable = `(?:${celVariables.join("|")})`;
const looksLikeCel = new RegExp(
  `(?:^|[\\s(!&|])${variable}\\s*(?:\\.|\\[|[=!<>]=?|\\bin\\b)|\\bhas\\s*\\(|(?:[=!<>]=|[<>]|\\bin)\\s*${variable}\\b`,
);

/** Which language a text is most likely in: an expression names one of the record's parts and does something with it, anything else is looked for as it is. */
export function guessLanguage(text: string): SearchLanguage {
  return looksLikeCel.test(text) ? "cel" : "text";
}
