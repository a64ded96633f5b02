/** Kafka's config types, by the names of its ConfigDef. */
export type ConfigType = "boolean" | "string" | "int" | "short" | "long" | "double" | "list" | "class" | "password";

/** A parsed value. Lists keep their order; null is "not set" of a config that has no default. */
export type ConfigValue = boolean | string | number | readonly string[] | null;

/** How serious a setting is, in Kafka's three steps. */
export type ConfigImportance = "high" | "medium" | "low";

/**
 * Whether a broker config may change while the broker runs, as in Kafka's DynamicBrokerConfig: read-only needs a restart, per-broker may be set for
 * one broker, cluster-wide for one broker or as the default of all.
 */
export type ConfigScope = "read-only" | "per-broker" | "cluster-wide";

/** One config of the table: all that DescribeConfigs, validation, the documentation and the console's form know about it. */
export type ConfigDefinition<T extends ConfigValue = ConfigValue> = {
  readonly type: ConfigType;
  readonly defaultValue: T;
  /** Why a parsed value is refused, in Kafka's words (they follow "Invalid value X for configuration NAME: "), or undefined. */
  readonly check?: (value: ConfigValue, name: string) => string | undefined;
  /** The values that are taken, where they are few. */
  readonly choices?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly importance: ConfigImportance;
  readonly scope: ConfigScope;
  /** In our words; one or two sentences. */
  readonly documentation: string;
  /** Kafka hides it from DescribeConfigs. */
  readonly internal: boolean;
  /** Every node must set it: `defaultValue` only stands for "not set". */
  readonly required: boolean;
};

/** What every builder takes besides default and limits. */
type Common = {
  readonly doc: string;
  readonly importance?: ConfigImportance;
  readonly scope?: ConfigScope;
  readonly internal?: boolean;
  readonly required?: boolean;
};
type Bounds = Common & {
  readonly min?: number;
  readonly max?: number;
  readonly check?: (value: number) => string | undefined;
};
type Choices = Common & { readonly choices?: readonly string[]; readonly ignoreCase?: boolean };
type Texts = Choices & { readonly check?: (value: string) => string | undefined };

/** Java's Long.MAX_VALUE, which Kafka uses for "no limit"; as a number it is one too high, and is printed as Kafka prints it. */
export const LONG_MAX = 2 ** 63;
/** Java's Integer.MAX_VALUE. */
export const INT_MAX = 2_147_483_647;

function common(
  options: Common,
): Pick<ConfigDefinition, "importance" | "scope" | "documentation" | "internal" | "required"> {
  return {
    importance: options.importance ?? "medium",
    scope: options.scope ?? "read-only",
    documentation: options.doc,
    internal: options.internal ?? false,
    required: options.required ?? false,
  };
}

function number(type: ConfigType, defaultValue: number | null, options: Bounds): ConfigDefinition<number | null> {
  const { min, max, check } = options;
  return {
    type,
    defaultValue,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    check: (value) => {
      if (typeof value !== "number") return undefined;
      if (min !== undefined && value < min) return `Value must be at least ${min}`;
      if (max !== undefined && value > max) return `Value must be no more than ${max}`;
      return check?.(value);
    },
    ...common(options),
  };
}

/** A 32-bit number. */
export function int(defaultValue: number, options: Bounds): ConfigDefinition<number>;
export function int(defaultValue: null, options: Bounds): ConfigDefinition<number | null>;
export function int(defaultValue: number | null, options: Bounds): ConfigDefinition<number | null> {
  return number("int", defaultValue, options);
}

/** A 16-bit number. */
export function short(defaultValue: number, options: Bounds): ConfigDefinition<number>;
export function short(defaultValue: null, options: Bounds): ConfigDefinition<number | null>;
export function short(defaultValue: number | null, options: Bounds): ConfigDefinition<number | null> {
  return number("short", defaultValue, options);
}

/** A 64-bit number. */
export function long(defaultValue: number, options: Bounds): ConfigDefinition<number>;
export function long(defaultValue: null, options: Bounds): ConfigDefinition<number | null>;
export function long(defaultValue: number | null, options: Bounds): ConfigDefinition<number | null> {
  return number("long", defaultValue, options);
}

/** A floating-point number. */
export function double(defaultValue: number, options: Bounds): ConfigDefinition<number>;
export function double(defaultValue: null, options: Bounds): ConfigDefinition<number | null>;
export function double(defaultValue: number | null, options: Bounds): ConfigDefinition<number | null> {
  return number("double", defaultValue, options);
}

/** true or false, in any case. */
export function boolean(defaultValue: boolean, options: Common): ConfigDefinition<boolean> {
  return { type: "boolean", defaultValue, ...common(options) };
}

/** A text. */
export function string(defaultValue: string, options: Texts): ConfigDefinition<string>;
export function string(defaultValue: null, options: Texts): ConfigDefinition<string | null>;
export function string(defaultValue: string | null, options: Texts): ConfigDefinition<string | null> {
  const { choices, ignoreCase, check } = options;
  const limits =
    choices === undefined ? {} : { choices, check: (value: ConfigValue) => oneOf(value, choices, ignoreCase) };
  const own =
    check === undefined
      ? {}
      : { check: (value: ConfigValue) => (typeof value === "string" ? check(value) : undefined) };
  return { type: "string", defaultValue, ...limits, ...own, ...common(options) };
}

type Elements = Choices & {
  readonly check?: (value: readonly string[], name: string) => string | undefined;
};

/** Texts divided by commas. */
export function list(defaultValue: readonly string[], options: Elements): ConfigDefinition<readonly string[]>;
export function list(defaultValue: null, options: Elements): ConfigDefinition<readonly string[] | null>;
export function list(
  defaultValue: readonly string[] | null,
  options: Elements,
): ConfigDefinition<readonly string[] | null> {
  const { choices, ignoreCase } = options;
  return {
    type: "list",
    defaultValue,
    ...(choices === undefined ? {} : { choices }),
    check: (value, name) => {
      if (!isTexts(value)) return undefined;
      for (const text of choices === undefined ? [] : value) {
        const wrong = oneOf(text, choices ?? [], ignoreCase);
        if (wrong !== undefined) return wrong;
      }
      return options.check?.(value, name);
    },
    ...common(options),
  };
}

/** A secret: never shown, never logged. */
export function password(options: Common): ConfigDefinition<string | null> {
  return { type: "password", defaultValue: null, ...common(options) };
}

function oneOf(value: ConfigValue, choices: readonly string[], ignoreCase = false): string | undefined {
  if (typeof value !== "string") return undefined;
  const found = choices.some((choice) =>
    ignoreCase ? choice.toLowerCase() === value.toLowerCase() : choice === value,
  );
  return found ? undefined : `String must be one of: ${choices.join(", ")}`;
}

function isTexts(value: ConfigValue): value is readonly string[] {
  return Array.isArray(value);
}

/** A password's value is not to be shown. */
export function isSensitive(definition: ConfigDefinition): boolean {
  return definition.type === "password";
}
