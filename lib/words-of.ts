/** What was written with commas between, without the spaces around: "pii, team-a". */
export function wordsOf(text: string): string[] {
  return text.split(",").flatMap((word) => (word.trim() === "" ? [] : [word.trim()]));
}
