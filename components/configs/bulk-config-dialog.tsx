"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ChangeDialog } from "@/components/changes/change-dialog";
import { usePlannedChange } from "@/components/changes/use-planned-change";
import { ConfigInput } from "@/components/configs/config-input";
import { ConfigSearch } from "@/components/configs/config-search";
import { useCluster } from "@/components/live/live-provider";
import { Field } from "@/components/ui/field";
import { useSettled } from "@/components/ui/use-settled";
import { configMeaning } from "@/lib/config-meaning";
import { configForm, configHint, parseConfig } from "@/lib/config-value";
import type { ConfigEntry } from "@/lib/contracts/configs";
import { formatNumberOf } from "@/lib/format";
import { configCatalogue } from "@/lib/queries/configs";

/** Sets one config of many topics, or takes it back to its default. */
export function BulkConfigDialog({ topics, onClose }: { topics: readonly string[]; onClose: () => void }) {
  const catalogue = useQuery(configCatalogue(useCluster()));
  const [entry, setEntry] = useState<ConfigEntry>();
  const [text, setText] = useState("");
  const [isDefault, setDefault] = useState(false);
  const parsed = entry && parseConfig(entry, text);
  const value = isDefault ? null : parsed?.ok ? parsed.value : undefined;
  const settled = useSettled(value);
  const wanted =
    entry === undefined || settled === undefined
      ? null
      : { changes: topics.map((topic) => ({ topic, configs: { [entry.name]: settled } })) };
  const { plan, mutation } = usePlannedChange("alter-topic-configs", wanted, onClose);
  return (
    <ChangeDialog
      title={`Configuration of ${formatNumberOf(topics.length, "topic")}`}
      description="One setting, the same for all of them. What each had is in the journal, and can be taken back."
      plan={plan}
      mutation={mutation}
      confirm="Change"
      pending="Changing…"
      hasDiff={topics.length <= 50}
      typed={`change ${topics.length}`}
      isUnsettled={settled !== value}
      onClose={onClose}
      form={
        <div className="space-y-3">
          <ConfigSearch
            label="Setting"
            entries={catalogue.data?.entries ?? []}
            chosen={entry?.name}
            onChoose={(chosen) => {
              setEntry(chosen);
              setText(chosen.value ?? "");
            }}
          />
          {entry && (
            <>
              <p className="text-xs text-ink-muted">{entry.documentation}</p>
              <Field
                label={`Value of ${entry.name}`}
                note={value ? configMeaning(entry.name, value) : undefined}
                help={configHint(configForm(entry))}
                error={isDefault || parsed?.ok !== false ? undefined : parsed.fault}
              >
                {(control) => (
                  <ConfigInput
                    entry={entry}
                    control={control}
                    text={isDefault ? (entry.value ?? "") : text}
                    onChange={(written) => {
                      setDefault(false);
                      setText(written);
                    }}
                  />
                )}
              </Field>
              <label className="flex items-center gap-2 text-xs">
                <input
                  type="checkbox"
                  className="accent-accent"
                  checked={isDefault}
                  onChange={(event) => setDefault(event.target.checked)}
                />
                Back to the default of each
              </label>
            </>
          )}
        </div>
      }
    />
  );
}
