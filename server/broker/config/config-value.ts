import { LONG_MAX, type ConfigDefinition, type ConfigType, type ConfigValue } from "./definition.ts";

/** A refused value with Kafka's message. */
export type BadConfigValue = { readonly message: string };

const LIMITS: Partial<Record<ConfigType, number>> = { short: 32_767, int: 2_147_483_647 };
const LONG_LIMIT = 2n ** 63n;

/** Parses a value's text and checks it, as Kafka's ConfigDef does; null stays null. */
export function parseConfigValue(
  name: string,
  definition: ConfigDefinition,
  text: string,
): ConfigValue | BadConfigValue {
  const parsed = parseType(name, definition.type, text);
  if (isBadConfigValue(parsed)) return parsed;
  const wrong = definition.check?.(parsed, name);
  if (wrong === undefined) return parsed;
  return { message: `Invalid value ${shown(definition, parsed, wrong)} for configuration ${name}: ${wrong}` };
}

/** Tells a refusal from a value. */
export function isBadConfigValue(value: ConfigValue | BadConfigValue): value is BadConfigValue {
  return typeof value === "object" && value !== null && "message" in value;
}

function parseType(name: string, type: ConfigType, text: string): ConfigValue | BadConfigValue {
  const trimmed = text.trim();
  const bad = (reason: string): BadConfigValue => ({
    message: `Invalid value ${text} for configuration ${name}: ${reason}`,
  });
  switch (type) {
    case "boolean": {
      const lower = trimmed.toLowerCase();
      return lower === "true" ? true : lower === "false" ? false : bad("Expected value to be either true or false");
    }
    case "short":
    case "int":
    case "long":
      return parseInteger(type, trimmed) ?? bad(`Not a number of type ${type.toUpperCase()}`);
    case "double": {
      const value =
        trimmed === "" || !/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?[dDfF]?$/.test(trimmed)
          ? Number.NaN
          : Number.parseFloat(trimmed);
      return Number.isNaN(value) ? bad("Not a number of type DOUBLE") : value;
    }
    case "list": {
      if (trimmed === "") return [];
      const parts = trimmed.split(",").map((part) => part.trim());
      return parts.includes("") ? { message: `Configuration '${name}' values must not be empty.` } : parts;
    }
    case "password":
      return text;
    case "string":
    case "class":
      return trimmed;
  }
}

function parseInteger(type: ConfigType, text: string): number | undefined {
  if (!/^[-+]?\d{1,30}$/.test(text)) return undefined;
  const exact = BigInt(text.startsWith("+") ? text.slice(1) : text);
  const limit = LIMITS[type];
  if (limit !== undefined) return exact > BigInt(limit) || exact < -BigInt(limit) - 1n ? undefined : Number(exact);
  return exact >= LONG_LIMIT || exact < -LONG_LIMIT ? undefined : Number(exact);
}

/** The value inside an error message: of a list the first element that is not a choice, else the list as Java prints it. */
function shown(definition: ConfigDefinition, value: ConfigValue, wrong: string): string {
  if (typeof value === "object" && value !== null) {
    const stranger = value.find((text) => !(definition.choices ?? []).includes(text));
    return wrong.startsWith("String must be") && stranger !== undefined ? stranger : `[${value.join(", ")}]`;
  }
  return configValueText(definition.type, value) ?? "null";
}

/** A value as DescribeConfigs shows it (ConfigDef.convertToString). */
export function configValueText(type: ConfigType, value: ConfigValue): string | null {
  if (value === null) return null;
  if (typeof value === "object") return value.join(",");
  if (typeof value !== "number") return String(value);
  if (type === "double") return doubleText(value);
  return value >= LONG_MAX ? "9223372036854775807" : String(value);
}

/** Java's Double.toString for the magnitudes that configs have. */
function doubleText(value: number): string {
  if (value !== 0 && (Math.abs(value) >= 1e7 || Math.abs(value) < 1e-3)) {
    const [digits = "0", exponent = "0"] = value.toExponential().split("e");
    return `${digits.includes(".") ? digits : `${digits}.0`}E${Number(exponent)}`;
  }
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
