"use client";
import { Undo2 } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { ChangeDialog } from "@/components/changes/change-dialog";
import { usePlannedChange } from "@/components/changes/use-planned-change";
import { ConfigInput } from "@/components/configs/config-input";
import { ConfigOrigin } from "@/components/configs/config-origin";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { useSettled } from "@/components/ui/use-settled";
import { configMeaning } from "@/lib/config-meaning";
import { configForm, configHint, parseConfig } from "@/lib/config-value";
import type { ConfigEntry, ConfigSource } from "@/lib/contracts/configs";

type Props = {
  /** What has the config: "orders", "12 topics". */
  of: string;
  entry: ConfigEntry;
  /** Sources that stand for "set on the thing itself". */
  own: readonly ConfigSource[];
  /** The change that sets it, and its input for a value; null goes back to the default. */
  kind: string;
  inputOf: (value: string | null) => Readonly<Record<string, unknown>>;
  /** What must be typed where the plan says that something is lost, and what can be done before. */
  typed?: string;
  rescue?: ReactNode;
  /** Above the value. */
  above?: ReactNode;
  onClose: () => void;
};

/** Changes one config: its value with units, what it means, where it would come from otherwise, and what the change does. */
export function EditConfigDialog({ of, entry, own, kind, inputOf, typed, rescue, above, onClose }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(entry.value ?? "");
  const [isDefault, setDefault] = useState(false);
  const parsed = parseConfig(entry, text);
  const written = isDefault ? null : parsed.ok ? parsed.value : undefined;
  const settled = useSettled(written);
  const isSet = own.includes(entry.source);
  const isSame = settled === null ? !isSet : settled === entry.value && isSet;
  const wanted = settled === undefined || isSame ? null : inputOf(settled);
  const { plan, mutation } = usePlannedChange(kind, wanted, onClose);
  const value = isDefault ? entry.defaultValue : parsed.ok ? parsed.value : null;
  const meaning = value === null ? undefined : configMeaning(entry.name, value);
  return (
    <ChangeDialog
      title={
        <>
          <span className="font-mono">{entry.name}</span> of <span className="font-mono">{of}</span>
        </>
      }
      description={entry.documentation ?? undefined}
      plan={plan}
      mutation={mutation}
      confirm="Change"
      pending="Changing…"
      hasDiff
      {...(typed !== undefined && { typed })}
      rescue={rescue}
      isUnsettled={settled !== written}
      focus={input}
      onClose={onClose}
      form={
        <div className="space-y-3">
          {above}
          <Field
            label="Value"
            note={meaning}
            help={configHint(configForm(entry))}
            error={isDefault || parsed.ok ? undefined : parsed.fault}
          >
            {(control) => (
              <ConfigInput
                entry={entry}
                control={control}
                text={isDefault ? (entry.defaultValue ?? "") : text}
                onChange={(next) => {
                  setDefault(false);
                  setText(next);
                }}
                focus={input}
              />
            )}
          </Field>
          <ConfigOrigin entry={entry} own={own}>
            {isSet && (
              <Button size="sm" aria-pressed={isDefault} onClick={() => setDefault(!isDefault)}>
                <Undo2 />
                Back to the default
              </Button>
            )}
          </ConfigOrigin>
        </div>
      }
    />
  );
}
