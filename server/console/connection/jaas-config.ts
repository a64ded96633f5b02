/** One login module of a `sasl.jaas.config`. */
export type JaasLogin = { readonly loginModule: string; readonly options: ReadonlyMap<string, string> };

/**
 * Reads the value of `sasl.jaas.config`: a class, a control flag, then options until the semicolon. Values may stand in double quotes,
 * with \" and \\ inside, as in Kafka's own documents. Undefined when the text has another form.
 */
export function parseJaasConfig(text: string): JaasLogin | undefined {
  const head = /^\s*([\w.$]+)\s+(?:required|requisite|sufficient|optional)\b/i.exec(text);
  const loginModule = head?.[1];
  if (head === null || loginModule === undefined) return undefined;
  const options = new Map<string, string>();
  const option = /\s*([\w.-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s;"']+))/y;
  option.lastIndex = head[0].length;
  let end = option.lastIndex;
  for (let match = option.exec(text); match; match = option.exec(text)) {
    const [, name = "", quoted, single, bare = ""] = match;
    options.set(name, quoted === undefined ? (single ?? bare) : quoted.replaceAll(/\\(.)/g, "$1"));
    end = option.lastIndex;
  }
  return /^\s*;?\s*$/.test(text.slice(end)) ? { loginModule, options } : undefined;
}
