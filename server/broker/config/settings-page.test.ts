import { expect, test } from "vitest";
import { brokerConfigs } from "./broker-configs.ts";
import { configValueText } from "./config-value.ts";
import type { ConfigDefinition, ConfigScope } from "./definition.ts";
import { topicConfigSynonyms } from "./topic-config-synonyms.ts";
import { isTopicConfigName, topicConfigs } from "./topic-configs.ts";

const SCOPES: Record<ConfigScope, string> = {
  "read-only": "at start",
  "per-broker": "while running, per broker",
  "cluster-wide": "while running",
};

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("\n", " ");
}

function row(name: string, definition: ConfigDefinition, last: string): string {
  const value = configValueText(definition.type, definition.defaultValue);
  const fallback = value === null || value === "" ? "" : `\`${cell(value)}\``;
  const choices = definition.choices
    ? ` One of ${definition.choices.map((choice) => `\`${choice}\``).join(", ")}.`
    : "";
  return `| \`${name}\` | ${definition.type} | ${fallback} | ${cell(definition.documentation)}${choices} | ${last} |`;
}

function table(
  configs: Readonly<Record<string, ConfigDefinition>>,
  heading: string,
  last: (name: string, definition: ConfigDefinition) => string,
): string[] {
  const shown = Object.entries(configs).filter(([, definition]) => !definition.internal);
  const rows = shown
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, definition]) => row(name, definition, last(name, definition)));
  return [`| Name | Type | Default | What it does | ${heading} |`, "| --- | --- | --- | --- | --- |", ...rows];
}

function page(): string {
  return [
    "<!-- Written from the config tables by `npx vitest run server/broker/config/settings-page.test.ts -u`. -->",
    "",
    "# Settings",
    "",
    "Names, types and defaults are those of Apache Kafka 4.2; the bundled cluster starts with a few values that suit one machine ([configuration](configuration.md#broker-settings)).",
    "",
    "## Topics",
    "",
    "Given when a topic is created, and changed while it is used. A topic without a value of its own takes the broker's.",
    "",
    ...table(topicConfigs, "Broker setting behind it", (name) => {
      const synonym = isTopicConfigName(name) ? topicConfigSynonyms[name] : null;
      return synonym === null ? "" : `\`${synonym}\``;
    }),
    "",
    "## Brokers",
    "",
    "Given with `--config` or `--set`; those that say so can be changed while the broker runs.",
    "",
    ...table(brokerConfigs, "Changes", (_name, definition) => SCOPES[definition.scope]),
    "",
  ].join("\n");
}

test("docs/settings.md lists every setting of the tables as it is", async () => {
  await expect(page()).toMatchFileSnapshot("../../../docs/settings.md");
});
