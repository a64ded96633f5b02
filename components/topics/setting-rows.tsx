"use client";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { ConfigInput } from "@/components/configs/config-input";
import { ConfigSearch } from "@/components/configs/config-search";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { PairRows } from "@/components/ui/pair-rows";
import { configMeaning } from "@/lib/config-meaning";
import { configForm, configHint, parseConfig } from "@/lib/config-value";
import type { ConfigEntry } from "@/lib/contracts/configs";
import type { SettingDraft } from "@/lib/new-topic";

type Props = {
  settings: readonly SettingDraft[];
  /** The cluster's own settings; undefined when they cannot be read: then settings are written by name. */
  catalogue: readonly ConfigEntry[] | undefined;
  faults: Readonly<Record<string, string>>;
  error: string | undefined;
  onChange: (settings: readonly SettingDraft[]) => void;
};

/** Any other setting of the new topic, from the cluster's own catalogue: with its default, its meaning and its units. */
export function SettingRows({ settings, catalogue, faults, error, onChange }: Props) {
  const [isAdding, setAdding] = useState(false);
  return (
    <div className="space-y-3">
      <p className="text-xs text-ink-muted">Other settings</p>
      {catalogue === undefined ? (
        <PairRows pairs={settings} onChange={onChange} noun="setting" />
      ) : (
        <>
          {settings.map((setting) => (
            <SettingField
              key={setting.name}
              setting={setting}
              entry={catalogue.find(({ name }) => name === setting.name)}
              fault={faults[setting.name]}
              onChange={(value) =>
                onChange(settings.map((own) => (own.name === setting.name ? { ...own, value } : own)))
              }
              onRemove={() => onChange(settings.filter(({ name }) => name !== setting.name))}
            />
          ))}
          {isAdding ? (
            <ConfigSearch
              label="Setting"
              entries={catalogue.filter(({ name }) => settings.every((own) => own.name !== name))}
              onChoose={({ name, value }) => {
                onChange([...settings, { name, value: value ?? "" }]);
                setAdding(false);
              }}
            />
          ) : (
            <Button size="sm" onClick={() => setAdding(true)}>
              <Plus />
              Add a setting
            </Button>
          )}
        </>
      )}
      {error && (
        <p role="alert" className="mt-1 text-xs text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

type FieldProps = {
  setting: SettingDraft;
  entry: ConfigEntry | undefined;
  fault: string | undefined;
  onChange: (value: string) => void;
  onRemove: () => void;
};

function SettingField({ setting, entry, fault, onChange, onRemove }: FieldProps) {
  const { name, value } = setting;
  const known = entry ?? { name, type: "unknown" as const };
  const parsed = parseConfig(known, value);
  const meaning = parsed.ok ? configMeaning(name, parsed.value) : undefined;
  return (
    <div className="flex items-start gap-1">
      <Field
        className="min-w-0 flex-1"
        label={<span className="font-mono">{name}</span>}
        note={[meaning, configHint(configForm(known))].filter(Boolean).join(" · ")}
        help={entry?.documentation}
        error={fault}
      >
        {(control) => <ConfigInput entry={known} control={control} text={value} onChange={onChange} />}
      </Field>
      <Button variant="ghost" size="icon-sm" aria-label={`Remove ${name}`} className="mt-5" onClick={onRemove}>
        <X />
      </Button>
    </div>
  );
}
