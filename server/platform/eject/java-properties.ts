/** A properties file as Java reads it: ISO-8859-1, so that other characters and backslashes are written as escapes. */
export function javaProperties(comment: readonly string[], properties: Readonly<Record<string, string>>): string {
  const lines = Object.entries(properties).map(([name, value]) => `${name}=${escapeValue(value)}`);
  return [...comment.map((line) => `# ${line}`), ...lines, ""].join("\n");
}

function escapeValue(value: string): string {
  const oneLine = value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replace(/^ /, "\\ ");
  return oneLine.replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
