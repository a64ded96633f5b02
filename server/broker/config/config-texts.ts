import { brokerConfigDefinition } from "./broker-configs.ts";
import { isBadConfigValue, parseConfigValue } from "./config-value.ts";
import { parseProperties } from "./properties.ts";
import { explainUnknownName } from "./unknown-name.ts";

/** A setting that is refused: its name, why, and where it stands. */
export type ConfigProblem = { readonly name: string; readonly message: string };

/** Where a node's settings come from; later ones win. */
export type ConfigTexts = {
  /** What the platform sets before the user has a say. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** Text of a server.properties file. */
  readonly file?: string;
  /** `name=value`, as given with --set. */
  readonly set?: readonly string[];
};

/** Collects the texts by name; problems name unknown settings and values that do not parse. */
export function readConfigTexts(texts: ConfigTexts): {
  readonly values: ReadonlyMap<string, string>;
  readonly problems: readonly ConfigProblem[];
} {
  const values = new Map<string, string>();
  const problems: ConfigProblem[] = [];
  const take = (name: string, value: string, place: string): void => {
    const problem = problemOf(name, value);
    if (problem === undefined) values.set(name, value.trim());
    else problems.push({ name, message: `${place}: ${problem}` });
  };
  for (const [name, value] of Object.entries(texts.defaults ?? {})) take(name, value, "default");
  for (const { name, value, line } of parseProperties(texts.file ?? "")) take(name, value, `line ${line}`);
  for (const setting of texts.set ?? []) {
    const equals = setting.indexOf("=");
    if (equals <= 0) problems.push({ name: setting, message: `--set ${setting}: write --set name=value` });
    else take(setting.slice(0, equals).trim(), setting.slice(equals + 1), `--set ${setting.slice(0, equals).trim()}`);
  }
  return { values, problems };
}

function problemOf(name: string, value: string): string | undefined {
  const known = brokerConfigDefinition(name);
  if (known === undefined) return `${name}: ${explainUnknownName(name)}`;
  const parsed = parseConfigValue(name, known.definition, value);
  return isBadConfigValue(parsed) ? parsed.message : undefined;
}
