/** Client properties by name, as Kafka's tools take them with --command-config: `name=value` lines, # for comments. */
export function parseClientProperties(text: string): Record<string, string> {
  const properties: Record<string, string> = {};
  // A backslash at the end of a line joins the next one, as in every Java properties file.
  for (const line of text.replace(/\\\r?\n\s*/g, "").split(/\r?\n/)) {
    const match = /^\s*([^#!\s=:][^\s=:]*)\s*[=:]\s*(.*?)\s*$/.exec(line);
    if (match?.[1] !== undefined) properties[match[1]] = match[2] ?? "";
  }
  return properties;
}
