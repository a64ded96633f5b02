import type { ConfigEntry } from "@/lib/contracts/configs";

/** How a config's value is written and what it may be. */
export type ConfigForm =
  | { readonly kind: "duration" | "bytes" | "integer" | "decimal" | "text" }
  /** One of these words. */
  | { readonly kind: "choice"; readonly words: readonly string[] }
  /** Some of these words, with commas between. */
  | { readonly kind: "words"; readonly words: readonly string[] };

/** What a person wrote, as Kafka writes it; or what is wrong with it. */
export type ParsedConfig =
  { readonly ok: true; readonly value: string } | { readonly ok: false; readonly fault: string };

/** Words of configs that take no others (org.apache.kafka.common.config.TopicConfig). DescribeConfigs tells types, but not these. */
const wordsOf: Readonly<Record<string, readonly string[]>> = {
  "compression.type": ["producer", "uncompressed", "gzip", "snappy", "lz4", "zstd"],
  "message.timestamp.type": ["CreateTime", "LogAppendTime"],
};

const policies = ["delete", "compact"] as const;

const limits: Readonly<Record<string, readonly [bigint, bigint]>> = {
  short: [-32_768n, 32_767n],
  int: [-2_147_483_648n, 2_147_483_647n],
  long: [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n],
};

const spans: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  sec: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const sizes: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1_000,
  mb: 1_000_000,
  gb: 1_000_000_000,
  tb: 1_000_000_000_000,
  kib: 1_024,
  mib: 1_048_576,
  gib: 1_073_741_824,
  tib: 1_099_511_627_776,
};

type Described = Pick<ConfigEntry, "name" | "type">;

/** The form of a config, from its type and its name: Kafka's names end in their units. */
export function configForm({ name, type }: Described): ConfigForm {
  if (type === "boolean") return { kind: "choice", words: ["true", "false"] };
  const words = wordsOf[name];
  if (words !== undefined) return { kind: "choice", words };
  if (name === "cleanup.policy") return { kind: "words", words: policies };
  if (type === "double") return { kind: "decimal" };
  if (type !== "int" && type !== "long" && type !== "short") return { kind: "text" };
  if (name.endsWith(".ms")) return { kind: "duration" };
  return name.endsWith(".bytes") ? { kind: "bytes" } : { kind: "integer" };
}

/** What may be written beside a plain number. */
export function configHint(form: ConfigForm): string {
  if (form.kind === "duration") return "Milliseconds, or 30 s, 15 min, 12 h, 7 d";
  if (form.kind === "bytes") return "Bytes, or 512 KiB, 100 MB, 1 GiB";
  if (form.kind === "integer") return "A whole number";
  if (form.kind === "decimal") return "A number";
  return form.kind === "words" ? "One or more" : "";
}

/** Reads what a person wrote for a config: "7 d" of retention.ms is "604800000". */
export function parseConfig(config: Described, text: string): ParsedConfig {
  const form = configForm(config);
  const written = text.trim();
  if (form.kind === "text") return { ok: true, value: written };
  if (form.kind === "choice")
    return form.words.includes(written) ? good(written) : bad(`One of ${form.words.join(", ")}.`);
  if (form.kind === "words") {
    const chosen = written.split(",").map((word) => word.trim());
    const isKnown = chosen.every((word) => form.words.includes(word));
    return isKnown ? good(chosen.join(",")) : bad(`One or more of ${form.words.join(", ")}.`);
  }
  if (form.kind === "decimal")
    return written !== "" && Number.isFinite(Number(written)) ? good(written) : bad("A number, such as 0.5.");
  if (written.toLowerCase() === "forever" && form.kind === "duration") return good("-1");
  const units = form.kind === "duration" ? spans : form.kind === "bytes" ? sizes : {};
  return parseWhole(config, written, units, `${configHint(form)}.`);
}

function parseWhole(
  { type }: Described,
  written: string,
  units: Readonly<Record<string, number>>,
  fault: string,
): ParsedConfig {
  const found = /^([+-]?\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(written);
  const [, number = "", unit = ""] = found ?? [];
  if (found === null) return bad(fault);
  const factor = unit === "" ? 1 : units[unit.toLowerCase()];
  if (factor === undefined) return bad(fault);
  const scaled = number.includes(".") ? scaledFraction(number, factor) : BigInt(number) * BigInt(factor);
  if (scaled === undefined) return bad(fault);
  const [least, most] = limits[type] ?? limits.long ?? [0n, 0n];
  if (scaled < least || scaled > most) return bad(`From ${least} to ${most}.`);
  return good(String(scaled));
}

/** "1.5" of 1,000 is 1,500; a fraction of the smallest unit is none. */
function scaledFraction(number: string, factor: number): bigint | undefined {
  const scaled = Number(number) * factor;
  return factor > 1 && Number.isSafeInteger(Math.round(scaled)) ? BigInt(Math.round(scaled)) : undefined;
}

function good(value: string): ParsedConfig {
  return { ok: true, value };
}

function bad(fault: string): ParsedConfig {
  return { ok: false, fault };
}
